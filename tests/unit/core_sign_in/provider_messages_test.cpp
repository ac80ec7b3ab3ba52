#include <catch2/catch.hpp>

#include "core/sign_in/providers/messages.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/security/crypto/base64.hpp"

using namespace dontgoback;
using namespace dontgoback::core::sign_in;

namespace {

ProviderSettings settings() {
  ProviderSettings provider;
  provider.id = "google";
  provider.issuer = "https://accounts.google.com";
  provider.also_issuers = {"accounts.google.com"};
  provider.client_id = "web&1";
  provider.scope = "openid email";
  return provider;
}

const Hop kHop{"browser", "state"};

std::string value(const http::FormPairs& pairs, std::string_view name) {
  std::string found;
  for (const auto& [each, text] : pairs) {
    if (each == name) found += text;
  }
  return found;
}

http::FormPairs query_of(const std::string& url) { return http::form_pairs(url.substr(url.find('?') + 1)).value(); }

}  // namespace

TEST_CASE("The challenge of a verifier is that of RFC 7636, appendix B") {
  CHECK(pkce_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST_CASE("Nonce and verifier are made of what the browser has, each its own") {
  CHECK(kHop.verifier().size() == 43);
  CHECK(kHop.verifier() != kHop.nonce());
  CHECK(kHop.verifier() == Hop{"browser", "state"}.verifier());
  CHECK(kHop.verifier() != Hop{"browser", "other"}.verifier());
  CHECK(kHop.verifier() != Hop{"other", "state"}.verifier());
  CHECK(kHop.nonce() != Hop{"other", "state"}.nonce());
}

TEST_CASE("The authorization address says all of OpenID Connect, and keeps a query that is there") {
  const auto url = authorization_url("https://p.test/auth?tenant=a", settings(), "https://us.test/cb", kHop, "login");
  CHECK(url.starts_with("https://p.test/auth?tenant=a&response_type=code&"));
  const auto query = query_of(url);
  CHECK(value(query, "client_id") == "web&1");
  CHECK(value(query, "redirect_uri") == "https://us.test/cb");
  CHECK(value(query, "scope") == "openid email");
  CHECK(value(query, "state") == "state");
  CHECK(value(query, "nonce") == kHop.nonce());
  CHECK(value(query, "code_challenge") == pkce_challenge(kHop.verifier()));
  CHECK(value(query, "code_challenge_method") == "S256");
  CHECK(value(query, "prompt") == "login");
  CHECK(url.find("response_mode") == std::string::npos);
  CHECK(url.find("browser") == std::string::npos);
}

TEST_CASE("Without a scope and a prompt neither is named; a form is asked for where it is the way") {
  auto apple = settings();
  apple.scope.clear();
  auto url = authorization_url("https://p.test/auth", apple, "https://us.test/cb", kHop, "");
  CHECK(url.find("scope=") == std::string::npos);
  CHECK(url.find("prompt=") == std::string::npos);
  apple.form_post = true;
  url = authorization_url("https://p.test/auth", apple, "https://us.test/cb", kHop, "");
  CHECK(value(query_of(url), "response_mode") == "form_post");
}

TEST_CASE("A client proves itself as the provider's metadata has it") {
  const auto request = [](const std::vector<std::string>& methods, const std::optional<std::string>& secret) {
    return token_request("https://p.test/token", methods, "id:1", secret, "code 1", "https://us.test/cb", "v");
  };
  const auto field = [](const http::ClientRequest& of) {
    return of.headers.back().first == "Authorization" ? of.headers.back().second : "";
  };
  const auto basic = request({}, "s+1");
  CHECK(field(basic) == "Basic " + security::base64_encode("id%3A1:s%2B1"));
  CHECK(basic.body.find("s%2B1") == std::string::npos);
  const auto form = http::form_pairs(basic.body).value();
  CHECK(value(form, "grant_type") == "authorization_code");
  CHECK(value(form, "code") == "code 1");
  CHECK(value(form, "code_verifier") == "v");
  CHECK(value(form, "redirect_uri") == "https://us.test/cb");
  CHECK(basic.time_limit == std::chrono::seconds(3));

  const auto post = request({"client_secret_basic", "client_secret_post"}, "s+1");
  CHECK(field(post).empty());
  CHECK(value(http::form_pairs(post.body).value(), "client_secret") == "s+1");
  CHECK(value(http::form_pairs(post.body).value(), "client_id") == "id:1");

  const auto open = request({"client_secret_basic"}, std::nullopt);
  CHECK(field(open).empty());
  CHECK(value(http::form_pairs(open.body).value(), "client_id") == "id:1");
  CHECK(open.body.find("client_secret") == std::string::npos);
}

TEST_CASE("What a provider answers is judged") {
  const auto judged = [](const CallbackAnswer& answer) {
    return std::string(judge(answer, settings()).value_or("good"));
  };
  CHECK(judged({"code", std::nullopt, std::nullopt}) == "good");
  CHECK(judged({"code", std::nullopt, "https://accounts.google.com"}) == "good");
  CHECK(judged({"code", std::nullopt, "accounts.google.com"}) == "good");
  CHECK(judged({"code", std::nullopt, "https://evil.test"}) == "refused");
  CHECK(judged({std::nullopt, "access_denied", std::nullopt}) == "cancelled");
  CHECK(judged({"code", "access_denied", std::nullopt}) == "cancelled");
  CHECK(judged({std::nullopt, "user_cancelled_authorize", std::nullopt}) == "cancelled");
  CHECK(judged({std::nullopt, "invalid_scope", std::nullopt}) == "refused");
  CHECK(judged({std::nullopt, "", std::nullopt}) == "refused");
  CHECK(judged({std::nullopt, "temporarily_unavailable", std::nullopt}) == "provider-away");
  CHECK(judged({std::nullopt, std::nullopt, std::nullopt}) == "refused");
  CHECK(judged({"", std::nullopt, std::nullopt}) == "refused");
  CHECK(judged({"a b", std::nullopt, std::nullopt}) == "refused");
  CHECK(judged({std::string(5000, 'a'), std::nullopt, std::nullopt}) == "refused");

  CHECK(judge_token_failure(500, "") == "provider-away");
  CHECK(judge_token_failure(429, "invalid_grant") == "provider-away");
  CHECK(judge_token_failure(400, "invalid_grant") == "expired");
  CHECK(judge_token_failure(401, "invalid_client") == "refused");
}

TEST_CASE("What ends a consent is sent as the provider has it, and its answer judged") {
  using Delivery = dontgoback::jobs::Outbox::Delivery;
  const auto revocation = revocation_request("https://p.test/revoke", {"client_secret_post"}, "id", "s", "r.1/2");
  CHECK(revocation.method == http::Method::post);
  const auto form = http::form_pairs(revocation.body).value();
  CHECK(value(form, "token") == "r.1/2");
  CHECK(value(form, "token_type_hint") == "refresh_token");
  CHECK(value(form, "client_secret") == "s");
  CHECK(judge_revocation(200, "") == Delivery::done);
  CHECK(judge_revocation(400, "invalid_token") == Delivery::done);
  CHECK(judge_revocation(400, "invalid_grant") == Delivery::done);
  CHECK(judge_revocation(400, "unsupported_token_type") == Delivery::drop);
  CHECK(judge_revocation(400, "invalid_client") == Delivery::retry);
  CHECK(judge_revocation(401, "invalid_token") == Delivery::retry);
  CHECK(judge_revocation(503, "") == Delivery::retry);

  const auto unlink = unlink_request("https://kapi.test/v1/oidc/userinfo", "key", "7&8");
  REQUIRE(unlink);
  CHECK(unlink->url == "https://kapi.test/v1/user/unlink");
  CHECK(unlink->body == "target_id_type=user_id&target_id=7%268");
  CHECK(unlink->headers.back() == std::pair<std::string, std::string>("Authorization", "KakaoAK key"));
  CHECK_FALSE(unlink_request("", "key", "7"));
  CHECK(judge_unlink(200, R"({"id":7})") == Delivery::done);
  CHECK(judge_unlink(400, R"({"msg":"NotRegisteredUserException","code":-101})") == Delivery::done);
  CHECK(judge_unlink(400, R"({"msg":"x","code":-2})") == Delivery::retry);
  CHECK(judge_unlink(401, R"({"msg":"x","code":-101})") == Delivery::retry);
  CHECK(judge_unlink(503, "<html>") == Delivery::retry);
}

TEST_CASE("Of a token endpoint's answer tokens and the error are read, strictly") {
  const auto refresh = [](const std::string& json) {
    const auto given = tokens_of(R"({"id_token":"a.b.c","refresh_token":)" + json + '}');
    return given ? given->refresh_token.value_or("none") : "no ID token";
  };
  REQUIRE(tokens_of(R"({"access_token":"x","id_token":"a.b.c"})"));
  CHECK(tokens_of(R"({"access_token":"x","id_token":"a.b.c"})")->id_token == "a.b.c");
  CHECK_FALSE(tokens_of(R"({"access_token":"x"})"));
  CHECK_FALSE(tokens_of(R"({"id_token":""})"));
  CHECK_FALSE(tokens_of(R"({"id_token":7})"));
  CHECK_FALSE(tokens_of("<html>"));
  CHECK(refresh(R"("r.1")") == "r.1");
  CHECK(refresh('"' + std::string(1024, 'r') + '"') == std::string(1024, 'r'));
  for (const auto* bad : {"7", "null", R"("")", R"("a b")"}) CHECK(refresh(bad) == "none");
  CHECK(refresh('"' + std::string(1025, 'r') + '"') == "none");
  CHECK(error_of(R"({"error":"invalid_grant"})") == "invalid_grant");
  CHECK(error_of("{\"error\":\"a\\nb\"}").empty());
  CHECK(error_of(R"({"error":")" + std::string(65, 'a') + "\"}").empty());
  CHECK(error_of("no").empty());
}
