// Requests to the OAuth endpoints as they come from outside: the first line is the Authorization field (empty: none),
// the rest the body.
#include <string>

#include "auth/clients/client.hpp"
#include "auth/endpoints/credentials.hpp"
#include "auth/endpoints/refusal.hpp"
#include "dontgoback/text/utf8.hpp"
#include "fuzz.hpp"

using namespace dontgoback;
using dontgoback::fuzz::require;

namespace {

class OneField final : public http::HeaderFields {
 public:
  explicit OneField(std::string_view authorization) : authorization_(authorization) {}
  std::optional<std::string_view> find(std::string_view name) const override {
    if (count(name) == 0) return std::nullopt;
    return authorization_;
  }
  std::size_t count(std::string_view name) const override {
    return name == "Authorization" && !authorization_.empty() ? 1 : 0;
  }

 private:
  std::string_view authorization_;
};

/// RFC 6749 section 5.2: what may stand in error and error_description.
void require_printable(std::string_view text) {
  for (const char c : text) require(c >= ' ' && c <= '~' && c != '"' && c != '\\');
}

/// 401 and a challenge of one line for who used Authorization, neither for others.
void require_answer(const http::Response& answer, const auth::Refusal& refusal, bool used_authorization) {
  const bool challenged = refusal.status() == 401 && used_authorization;
  require(answer.status == (challenged ? 401 : 400) && answer.reason == refusal.reason());
  bool has_challenge = false;
  for (const auto& [name, value] : answer.headers) {
    for (const char c : value) require(c >= ' ' && c <= '~');
    if (name != "WWW-Authenticate") continue;
    has_challenge = true;
    require(value.find("error=\"invalid_client\"") != value.npos);
  }
  require(has_challenge == challenged);
}

void read_request(std::string_view authorization, std::string_view body) {
  const OneField fields(authorization);
  http::Request request;
  request.headers = &fields;
  request.body = body;
  try {
    const auth::Form form(body);
    const auto credentials = auth::read_credentials(request, form);
    require(text::is_utf8(credentials.client_id) && text::is_utf8(credentials.secret));
    using Method = auth::Credentials::Method;
    require((credentials.method == Method::client_secret_basic) == !authorization.empty());
    require((credentials.method == Method::private_key_jwt) == !credentials.assertion.empty());
    if (credentials.method == Method::private_key_jwt) require(auth::is_client_id(credentials.client_id));
  } catch (const auth::Refusal& refusal) {
    require(refusal.status() == 400 || refusal.status() == 401);
    require_printable(refusal.error());
    require_printable(refusal.what());
    require_answer(auth::refused(refusal, request), refusal, !authorization.empty());
  }
}

void read_words(std::string_view text) {
  for (const auto& word : auth::words_of(text)) require(!word.empty() && word.find(' ') == std::string::npos);
  require(auth::words_of(auth::joined(auth::words_of(text))) == auth::words_of(text));
  auth::is_audience(text);
  if (auth::is_scope(text)) require(auth::words_of(text).size() == 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  const auto line = text.find('\n');
  const bool has_line = line != std::string_view::npos;
  read_request(has_line ? text.substr(0, line) : std::string_view{}, has_line ? text.substr(line + 1) : text);
  read_words(text);
  return 0;
}
