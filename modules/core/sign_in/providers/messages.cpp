#include "sign_in/providers/messages.hpp"

#include <algorithm>
#include <boost/describe.hpp>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/hmac.hpp"
#include "dontgoback/text/ascii.hpp"
#include "dontgoback/text/percent.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr std::size_t kTokenAnswerLimit = 64 * 1024;
constexpr std::size_t kLongestCode = 4096;
constexpr std::size_t kLongestError = 64;

// Members are named as on the wire.
struct TokenAnswer {
  std::string id_token;
};
BOOST_DESCRIBE_STRUCT(TokenAnswer, (), (id_token))
struct TokenError {
  std::string error;
};
BOOST_DESCRIBE_STRUCT(TokenError, (), (error))

std::string derived(const Hop& hop, std::string_view what) {
  return security::base64url_encode(
      security::bytes(security::hmac_sha256(hop.browser, std::string(what).append("|").append(hop.state))));
}

using Pairs = std::vector<std::pair<std::string_view, std::string_view>>;

std::string form(const Pairs& pairs) {
  std::string text;
  for (const auto& [name, value] : pairs) {
    if (value.empty()) continue;
    text.append(text.empty() ? "" : "&").append(name).append("=").append(text::percent_encoded(value));
  }
  return text;
}

bool is_empty_or_visible(std::string_view text) { return std::ranges::all_of(text, text::is_visible); }

}  // namespace

std::string Hop::nonce() const { return derived(*this, "nonce"); }
std::string Hop::verifier() const { return derived(*this, "verifier"); }

std::string pkce_challenge(std::string_view verifier) {
  return security::base64url_encode(security::bytes(security::sha256(verifier)));
}

std::string authorization_url(std::string_view endpoint, const ProviderSettings& provider,
                              std::string_view redirect_uri, const Hop& hop, std::string_view prompt) {
  const auto nonce = hop.nonce();
  const auto challenge = pkce_challenge(hop.verifier());
  const auto query = form({{"response_type", "code"},
                           {"client_id", provider.client_id},
                           {"redirect_uri", redirect_uri},
                           {"scope", provider.scope},
                           {"state", hop.state},
                           {"nonce", nonce},
                           {"code_challenge", challenge},
                           {"code_challenge_method", "S256"},
                           {"response_mode", provider.form_post ? "form_post" : ""},
                           {"prompt", prompt}});
  // An endpoint may have a query of its own (RFC 6749 section 3.1).
  const std::string_view joint = endpoint.find('?') == std::string_view::npos ? "?" : "&";
  return std::string(endpoint).append(joint).append(query);
}

http::ClientRequest token_request(std::string endpoint, const std::vector<std::string>& methods,
                                  const std::string& client_id, const std::optional<std::string>& secret,
                                  std::string_view code, std::string_view redirect_uri, std::string_view verifier) {
  const bool by_body = !secret || std::ranges::find(methods, "client_secret_post") != methods.end();
  http::ClientRequest request;
  request.method = http::Method::post;
  request.url = std::move(endpoint);
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
  request.body_limit = kTokenAnswerLimit;
  request.body = form({{"grant_type", "authorization_code"},
                       {"code", code},
                       {"redirect_uri", redirect_uri},
                       {"code_verifier", verifier},
                       {"client_id", by_body ? std::string_view(client_id) : ""},
                       {"client_secret", secret && by_body ? std::string_view(*secret) : ""}});
  if (!by_body) {
    // RFC 6749 section 2.3.1: both halves are form-encoded first.
    const auto pair = text::percent_encoded(client_id) + ':' + text::percent_encoded(*secret);
    request.headers.emplace_back("Authorization", "Basic " + security::base64_encode(pair));
  }
  return request;
}

std::optional<std::string_view> judge(const CallbackAnswer& answer, const ProviderSettings& provider) {
  // RFC 9207: who answers says so, lest one provider's answer be taken for another's.
  if (answer.issuer && *answer.issuer != provider.issuer &&
      std::ranges::find(provider.also_issuers, *answer.issuer) == provider.also_issuers.end()) {
    return status::kRefused;
  }
  if (answer.error) {
    const auto& error = *answer.error;
    // The second is Apple's.
    if (error == "access_denied" || error == "user_cancelled_authorize") return status::kCancelled;
    if (error == "temporarily_unavailable" || error == "server_error") return status::kAway;
    return status::kRefused;
  }
  const bool good =
      answer.code && !answer.code->empty() && answer.code->size() <= kLongestCode && is_empty_or_visible(*answer.code);
  return good ? std::nullopt : std::optional(status::kRefused);
}

std::string_view judge_token_failure(int http_status, std::string_view error) {
  if (http_status >= 500 || http_status == 429 || http_status == 408) return status::kAway;
  // The code was used or has ended: it is begun anew.
  return error == "invalid_grant" ? status::kExpired : status::kRefused;
}

std::optional<std::string> id_token_of(std::string_view body) {
  auto read = json::read<TokenAnswer>(body);
  if (!read || read->id_token.empty()) return std::nullopt;
  return std::move(read->id_token);
}

std::string error_of(std::string_view body) {
  const auto read = json::read<TokenError>(body);
  if (!read || read->error.size() > kLongestError || !is_empty_or_visible(read->error)) return {};
  return read->error;
}

}  // namespace dontgoback::core::sign_in
