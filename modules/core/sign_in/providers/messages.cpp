#include "sign_in/providers/messages.hpp"

#include <algorithm>
#include <boost/describe.hpp>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/hmac.hpp"
#include "dontgoback/text/ascii.hpp"
#include "dontgoback/text/percent.hpp"
#include "dontgoback/text/url.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr std::string_view kForm = "application/x-www-form-urlencoded";
constexpr std::size_t kTokenAnswerLimit = 64 * 1024;
constexpr std::size_t kLongestCode = 4096;
constexpr std::size_t kLongestError = 64;
constexpr std::size_t kLongestToken = 1024;  // sealed, it fits into the column

// Members are named as on the wire.
struct TokenAnswer {
  std::string id_token;
};
BOOST_DESCRIBE_STRUCT(TokenAnswer, (), (id_token))
struct RefreshAnswer {
  std::string refresh_token;
};
BOOST_DESCRIBE_STRUCT(RefreshAnswer, (), (refresh_token))
struct KakaoError {
  std::int64_t code;
};
BOOST_DESCRIBE_STRUCT(KakaoError, (), (code))
constexpr std::int64_t kNotLinked = -101;
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

/// A form that only the client may send: it proves itself as `methods` has it.
http::ClientRequest client_form(std::string endpoint, const std::vector<std::string>& methods,
                                const std::string& client_id, const std::optional<std::string>& secret, Pairs pairs) {
  const bool by_body = !secret || std::ranges::find(methods, "client_secret_post") != methods.end();
  if (by_body) {
    pairs.emplace_back("client_id", client_id);
    if (secret) pairs.emplace_back("client_secret", *secret);
  }
  http::ClientRequest request;
  request.method = http::Method::post;
  request.url = std::move(endpoint);
  request.headers = {{"Content-Type", std::string(kForm)}, {"Accept", "application/json"}};
  request.body_limit = kTokenAnswerLimit;
  request.body = form(pairs);
  if (!by_body) {
    // RFC 6749 section 2.3.1: both halves are form-encoded first.
    const auto pair = text::percent_encoded(client_id) + ':' + text::percent_encoded(*secret);
    request.headers.emplace_back("Authorization", "Basic " + security::base64_encode(pair));
  }
  return request;
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
  return client_form(std::move(endpoint), methods, client_id, secret,
                     {{"grant_type", "authorization_code"},
                      {"code", code},
                      {"redirect_uri", redirect_uri},
                      {"code_verifier", verifier}});
}

http::ClientRequest revocation_request(std::string endpoint, const std::vector<std::string>& methods,
                                       const std::string& client_id, const std::optional<std::string>& secret,
                                       std::string_view token) {
  return client_form(std::move(endpoint), methods, client_id, secret,
                     {{"token", token}, {"token_type_hint", "refresh_token"}});
}

jobs::Outbox::Delivery judge_revocation(int http_status, std::string_view error) {
  using Delivery = jobs::Outbox::Delivery;
  if (http_status == 200) return Delivery::done;
  if (http_status != 400) return Delivery::retry;
  // RFC 7009 section 2.2: a token that is not good any more is what was wanted. Apple has an error for it.
  if (error == "invalid_token" || error == "invalid_grant") return Delivery::done;
  return error == "unsupported_token_type" ? Delivery::drop : Delivery::retry;
}

std::optional<http::ClientRequest> unlink_request(std::string_view userinfo_endpoint, const std::string& admin_key,
                                                  std::string_view subject) {
  const auto service = text::Url::parse(userinfo_endpoint);
  if (!service) return std::nullopt;
  http::ClientRequest request;
  request.method = http::Method::post;
  request.url = service->origin() + "/v1/user/unlink";
  request.headers = {{"Content-Type", std::string(kForm)}, {"Authorization", "KakaoAK " + admin_key}};
  request.body_limit = kTokenAnswerLimit;
  request.body = form({{"target_id_type", "user_id"}, {"target_id", subject}});
  return request;
}

jobs::Outbox::Delivery judge_unlink(int http_status, std::string_view body) {
  using Delivery = jobs::Outbox::Delivery;
  if (http_status == 200) return Delivery::done;
  const auto read = json::read<KakaoError>(body);
  return http_status == 400 && read && read->code == kNotLinked ? Delivery::done : Delivery::retry;
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

std::optional<GivenTokens> tokens_of(std::string_view body) {
  auto read = json::read<TokenAnswer>(body);
  if (!read || read->id_token.empty()) return std::nullopt;
  GivenTokens given{std::move(read->id_token), std::nullopt};
  // One that is no good keeps nobody from signing in.
  if (auto refresh = json::read<RefreshAnswer>(body)) {
    auto& token = refresh->refresh_token;
    if (!token.empty() && token.size() <= kLongestToken && is_empty_or_visible(token)) {
      given.refresh_token = std::move(token);
    }
  }
  return given;
}

std::string error_of(std::string_view body) {
  const auto read = json::read<TokenError>(body);
  if (!read || read->error.size() > kLongestError || !is_empty_or_visible(read->error)) return {};
  return read->error;
}

}  // namespace dontgoback::core::sign_in
