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

TEST_CASE("A successor follows from key and token, and names its session") {
  const std::string key(32, 'k');
  const auto token = new_opaque_token();
  const auto successor = successor_of(key, token, 7);
  CHECK(successor == successor_of(key, token, 7));
  CHECK(session_named_by(key, successor) == 7);
  CHECK(session_named_by(key, successor_of(key, successor, INT64_MAX)) == INT64_MAX);
  for (const auto& other : {successor_of(std::string(32, 'l'), token, 7), successor_of(key, new_opaque_token(), 7),
                            successor_of(key, successor, 7), successor_of(key, token, 8)}) {
    CHECK(other != successor);
    CHECK(stored_refresh_token(other) != stored_refresh_token(successor));
  }
  CHECK_FALSE(session_named_by(std::string(32, 'l'), successor));
}

TEST_CASE("Nobody can make a token that names a session, nor change one") {
  const std::string key(32, 'k');
  const auto good = successor_of(key, new_opaque_token(), 42);
  for (std::size_t i = 0; i < good.size(); ++i) {
    auto changed = good;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    CHECK_FALSE(session_named_by(key, changed));
    CHECK_FALSE(session_named_by(key, good.substr(0, i)));
  }
  const auto proof = good.substr(0, 43), first = good.substr(43, 43);
  for (const auto& wrong :
       {good + "A", good + ".", "A" + good, proof + first + ".43", proof + first + ".", proof + first, first + ".42",
        first + proof + ".42", std::string(), std::string("."), std::string(86, 'A') + ".42", std::string(5000, '.')}) {
    INFO(wrong);
    CHECK_FALSE(session_named_by(key, wrong));
  }
}

TEST_CASE("What is stored of a token is no token, and says whether it names its session") {
  const auto first = new_opaque_token();
  CHECK(stored_form(first) != first);
  CHECK(stored_form(first).size() == 43);
  CHECK(stored_refresh_token(first) == stored_form(first));
  const auto next = stored_refresh_token(successor_of(std::string(32, 'k'), first, 1));
  CHECK(next.size() == 43);
  CHECK(next.starts_with('.'));
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
