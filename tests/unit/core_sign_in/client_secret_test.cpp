#include "core/sign_in/providers/client_secret.hpp"

#include <catch2/catch.hpp>

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/jose/jws.hpp"
#include "dontgoback/security/jose/public_key.hpp"
#include "support/json.hpp"

using namespace dontgoback;
using namespace dontgoback::core::sign_in;
using namespace std::chrono_literals;

namespace {

const time::Timestamp kNow{std::chrono::seconds(1'800'000'000)};

const ClientKey& key() {
  static const ClientKey made{"TEAM000001", "KEY0000001", security::SigningKey::generate(security::Algorithm::es256)};
  return made;
}

}  // namespace

TEST_CASE("A client secret is a token that the key signs, as Apple wants it") {
  const auto secret = signed_client_secret(key(), "net.example.web", "https://appleid.apple.com", kNow);
  const auto jws = security::parse_jws(secret);
  REQUIRE(jws);
  CHECK(jws->algorithm == security::Algorithm::es256);
  CHECK(jws->kid == "KEY0000001");
  CHECK(security::PublicKey::from_jwk(key().key.public_jwk())->verify(jws->signing_input, jws->signature));
  const auto claim = [&](std::string_view pointer) { return test::json_at(jws->payload, pointer); };
  CHECK(claim("/iss") == "TEAM000001");
  CHECK(claim("/sub") == "net.example.web");
  CHECK(claim("/aud") == "https://appleid.apple.com");
  CHECK(claim("/iat") == 1'800'000'000);
  CHECK(claim("/exp") == 1'800'000'000 + 24 * 3600);
}

TEST_CASE("It is made anew near its end, and when the clock was set back") {
  const ClientSecret secret(key(), "net.example.web", "https://appleid.apple.com");
  const auto first = secret.at(kNow);
  CHECK(secret.at(kNow + 22h) == first);
  const auto second = secret.at(kNow + 23h);
  CHECK(second != first);
  CHECK(secret.at(kNow + 24h) == second);
  CHECK(secret.at(kNow) != second);
}

TEST_CASE("A secret of words stays what it is; a public client has none") {
  CHECK(ClientSecret("words").at(kNow) == "words");
  CHECK_FALSE(ClientSecret().at(kNow));
}
