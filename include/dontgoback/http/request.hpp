#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "dontgoback/http/identity.hpp"
#include "dontgoback/http/language.hpp"

namespace dontgoback::http {

enum class Method { get, head, post, put, patch, del, options, other };

/// Header fields of a request, by case-insensitive name. The host's parser is behind it.
class HeaderFields {
 public:
  virtual ~HeaderFields() = default;
  /// The first field of that name, or nothing.
  virtual std::optional<std::string_view> find(std::string_view name) const = 0;
  /// How many fields have that name.
  virtual std::size_t count(std::string_view name) const = 0;
};

struct Request;
struct Response;
/// How a path words what fails at it: the status, and a sentence that is safe to show.
using FailureForm = Response (*)(const Request&, int status, const Message&);

/// One request, valid while its handler runs. Views point into the connection's buffer.
struct Request {
  Method method = Method::get;
  std::string_view path;   ///< as sent, without the query; already checked to be ASCII
  std::string_view query;  ///< without the `?`, not decoded
  std::string_view body;
  const HeaderFields* headers = nullptr;
  std::string_view client_address;  ///< the peer's address, or what a trusted proxy says (contract, section 4); no port
  std::string_view peer_address;    ///< the socket's own peer
  std::string_view request_id;      ///< 16 hex digits, in the log line and in `X-Request-Id`
  Language language = Language::ko;    ///< from `Accept-Language`
  Identity identity;                   ///< filled before the handler runs, as the route's Access says
  FailureForm failure_form = nullptr;  ///< of the path (Route::failure_form); null: the envelope

  std::string_view header(std::string_view name) const { return headers->find(name).value_or(std::string_view{}); }

  /// What the path had for `{name}` of the route, as it was sent: what is more than an id, a UUID or a fixed word is
  /// read by `path_text` (parameters.hpp).
  std::string_view path_parameter(std::string_view name) const;

  static constexpr std::size_t kMaxPathParameters = 4;
  std::array<std::pair<std::string_view, std::string_view>, kMaxPathParameters> path_parameters{};
};

}  // namespace dontgoback::http
