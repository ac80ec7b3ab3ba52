#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "dontgoback/ports/token_source.hpp"
#include "dontgoback/security/jose/jwks.hpp"
#include "dontgoback/security/jose/jws.hpp"
#include "dontgoback/security/tokens/token_verifier.hpp"
#include "support/auth/auth_node.hpp"
#include "support/json.hpp"

namespace dontgoback::auth {
namespace {

using http::Method;
using test::send;

struct Fixture {
  test::SetClock clock;
  test::TemporaryDirectory data;
  test::AuthNode auth{clock, data.path()};
  std::string url = auth.node.url();

  http::ClientResponse ask(const std::string& body) {
    return send(Method::post, url + "/msa/auth/api/token", body, {{"Content-Type", "application/json"}});
  }
  security::TokenVerifier verifier() {
    security::Expectations expected;
    expected.issuer = url;
    expected.audience = "urn:dontgoback";
    return {auth.keys(), expected, clock};
  }
};

TEST_CASE_METHOD(Fixture, "a client gets an access token for its id and secret") {
  const auto answer = ask(R"({"clientId":"core","clientSecret":"s3cret"})");
  REQUIRE(answer.status == 200);
  CHECK(answer.content_type.starts_with("text/plain"));

  const auto claims = verifier().verify(answer.body);
  REQUIRE(claims);
  CHECK((*claims)->subject == "core");
  CHECK((*claims)->client_id == "core");
  CHECK((*claims)->scopes ==
        std::vector<std::string>{"asset:update", "job:run", "people:read", "walk:moderate", "token:introspect"});
  CHECK((*claims)->expires_at - (*claims)->issued_at == std::chrono::minutes(5));
  CHECK((*claims)->issued_at == std::chrono::floor<std::chrono::seconds>(clock.now()));

  const auto parsed = security::parse_jws(answer.body);
  CHECK(parsed->algorithm == security::Algorithm::rs256);
  CHECK(parsed->typ == "at+jwt");
  CHECK(parsed->kid == auth.keys()->current()->front().kid());
  const auto other = verifier().verify(ask(R"({"clientId":"core","clientSecret":"s3cret"})").body);
  CHECK((*claims)->jti != (*other)->jti);
}

TEST_CASE_METHOD(Fixture, "a wrong id and a wrong secret are refused alike") {
  const auto wrong_secret = ask(R"({"clientId":"core","clientSecret":"guess"})");
  const auto wrong_id = ask(R"({"clientId":"nobody","clientSecret":"s3cret"})");
  CHECK(wrong_secret.status == 401);
  CHECK(wrong_id.status == 401);
  CHECK(wrong_secret.body == wrong_id.body);
  CHECK(test::json_at(wrong_secret.body, "/resultCode") == "F-401");
}

TEST_CASE_METHOD(Fixture, "what is not a token request is refused, each in the words of whom it tries to be") {
  for (const std::string body :
       {R"({"clientId":"core"})", R"({"clientSecret":"s3cret"})", R"({"clientId":1,"clientSecret":"s3cret"})",
        R"({"clientId":null,"clientSecret":"s3cret"})"}) {
    const auto answer = ask(body);
    CHECK(answer.status == 400);
    CHECK(test::json_at(answer.body, "/resultCode") == "F-400");
  }
  for (const std::string body :
       {"{}", "[]", "", R"({"clientId":"core","clientSecret":)",
        R"({"clientId":"core","clientId":"core","clientSecret":"s3cret"})", R"({"grant_type":"client_credentials"})"}) {
    const auto answer = ask(body);
    CHECK(answer.status == 400);
    CHECK(test::json_at(answer.body, "/error") == "invalid_request");
  }
}

TEST_CASE_METHOD(Fixture, "an oversized token request is refused") {
  const auto answer = ask(R"({"clientId":"core","clientSecret":")" + std::string(17'000, 'x') + "\"}");
  CHECK(answer.status == 413);
}

TEST_CASE_METHOD(Fixture, "both public forms are the one signing key") {
  const auto der = send(Method::get, url + "/msa/auth/api/public-key");
  REQUIRE(der.status == 200);
  CHECK(der.content_type.starts_with("text/plain"));
  CHECK(der.body.find_first_of("\r\n-") == std::string::npos);
  const auto legacy = security::PublicKey::from_der_base64(der.body);
  REQUIRE(legacy);

  const auto jwks = send(Method::get, url + "/msa/auth/api/jwks.json");
  REQUIRE(jwks.status == 200);
  const auto keys = security::parse_jwks(jwks.body);
  REQUIRE(keys);
  REQUIRE(keys->size() == 1);

  const auto text = auth.node.ports().find<ports::TokenSource>()->token().value();
  const auto token = security::parse_jws(text).value();
  CHECK(keys->front().verify(token.signing_input, token.signature));
  CHECK(legacy->verify(token.signing_input, token.signature));
  CHECK(jwks.body.find("\"d\"") == std::string::npos);  // the private exponent
}

TEST_CASE_METHOD(Fixture, "a JWKS that is known already is not sent again") {
  const auto url_of_keys = url + "/msa/auth/api/jwks.json";
  const auto first = send(Method::get, url_of_keys);
  REQUIRE_FALSE(first.etag.empty());
  const auto again = send(Method::get, url_of_keys, {}, {{"If-None-Match", first.etag}});
  CHECK(again.status == 304);
  CHECK(again.body.empty());
  CHECK(send(Method::get, url_of_keys, {}, {{"If-None-Match", "\"other\""}}).status == 200);
}

TEST_CASE_METHOD(Fixture, "anything else below /msa/auth/ is refused") {
  CHECK(send(Method::get, url + "/msa/auth/").status == 404);
  CHECK(send(Method::get, url + "/msa/auth/api/clients").status == 404);
  CHECK(send(Method::get, url + "/msa/auth/api/token").status == 405);
  CHECK(send(Method::post, url + "/msa/auth/api/public-key").status == 405);
}

TEST_CASE_METHOD(Fixture, "the key outlives the process, and `keys list` shows it") {
  const auto kid = auth.keys()->current()->front().kid();
  test::AuthNode again(clock, data.path());
  CHECK(again.keys()->current()->front().kid() == kid);

  for (const bool json : {false, true}) {
    std::ostringstream out;
    auth.module.commands().front().run({auth.node.host(), out, out, json});
    CHECK(out.str().find(kid) != std::string::npos);
    CHECK(out.str().find("RS256") != std::string::npos);
  }
}

TEST_CASE("clients that cannot be used stop the start") {
  test::SetClock clock;
  const test::TemporaryDirectory data;
  test::TestNode node({.clock = clock, .node = test::node_in(data.path())});
  AuthModule module;
  CHECK_THROWS_AS(node.start(module, {{"auth-client", {"core=" + (data.path() / "missing").string()}}}),
                  std::invalid_argument);
}

}  // namespace
}  // namespace dontgoback::auth
