#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/http/parameters.hpp"
#include "dontgoback/http/request.hpp"

namespace dontgoback::auth {

/// Whether that is the request's media type, whatever its parameters.
bool has_media_type(const http::Request& request, std::string_view media_type);
/// Whether it is that of a form.
bool is_form(const http::Request& request);
/// Refusal (invalid_request) when it is not.
void need_form(const http::Request& request);

/// The parameters of a request to an OAuth endpoint (RFC 6749 section 3.2 and appendix B): one without a value counts
/// as absent, one that is not known is left alone. A fuzzer may call it.
class Form {
 public:
  /// Throws Refusal (invalid_request) for a body that is no form, for more than 64 parameters, and for a parameter that
  /// is there twice other than `resource`.
  explicit Form(std::string_view body);

  /// Nothing when it is absent or empty. `resource` twice: Refusal (invalid_target; RFC 8707 section 2 lets a server
  /// refuse tokens for several).
  std::optional<std::string_view> find(std::string_view name) const;
  /// Refusal (invalid_request) when it is absent.
  std::string_view needed(std::string_view name) const;

 private:
  http::FormPairs pairs_;
};

}  // namespace dontgoback::auth
