#include "core/sessions/tokens.hpp"

#include <catch2/catch.hpp>

#include "dontgoback/security/jose/algorithm.hpp"
#include "dontgoback/security/jose/jws.hpp"
#include "dontgoback/security/jose/signing_key.hpp"

using namespace dontgoback;
using namespace dontgoback::core::sessions;

TEST_CASE("An opaque token is 256 bit as base64url and nothing else") {
  const auto token = new_opaque_token();
  CHECK(is_opaque_token(token));
  CHECK(new_opaque_token() != token);
  CHECK_FALSE(is_opaque_token(""));
  CHECK_FALSE(is_opaque_token(token + "A"));
  CHECK_FALSE(is_opaque_token(token.substr(1)));
  CHECK_FALSE(is_opaque_token(token + "="));
  CHECK_FALSE(is_opaque_token("<script>alert(1)</script>aaaaaaaaaaaaaaaaaa"));
}

TEST_CASE("A successor follows from key and token") {
  const std::string key(32, 'k');
  const auto token = new_opaque_token();
  const auto successor = successor_of(key, token);
  CHECK(is_opaque_token(successor));
  CHECK(successor == successor_of(key, token));
  CHECK(successor != successor_of(std::string(32, 'l'), token));
  CHECK(successor != successor_of(key, new_opaque_token()));
  CHECK(stored_form(token) != token);
  CHECK(stored_form(token).size() == 43);
}

TEST_CASE("An access token says what the contract says") {
  const auto key = security::SigningKey::generate(security::Algorithm::es256);
  http::Identity identity;
  identity.user = UserId{42};
  identity.role = http::Role::user;
  identity.session = 7;
  const time::Timestamp now{std::chrono::milliseconds(1'700'000'000'999)};
  const auto token = access_token(key, "https://example.org", identity, now);
  const auto parsed = security::parse_jws(token);
  REQUIRE(parsed);
  CHECK(parsed->typ == "at+jwt");
  CHECK(parsed->kid == key.kid());
  CHECK_THAT(
      parsed->payload,
      Catch::StartsWith(R"({"iss":"https://example.org","aud":"urn:dontgoback:web","sub":"42","id":42,"role":"USER",)"
                        R"("sid":7,"jti":")"));
  CHECK_THAT(parsed->payload, Catch::EndsWith(R"(","iat":1700000000,"exp":1700007200})"));
  CHECK(token != access_token(key, "https://example.org", identity, now));
}
