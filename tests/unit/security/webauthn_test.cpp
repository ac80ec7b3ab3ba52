#include "dontgoback/security/webauthn/webauthn.hpp"

#include <catch2/catch.hpp>

#include "dontgoback/security/jose/public_key.hpp"
#include "support/authenticator.hpp"
#include "unit/security/forge.hpp"

using namespace dontgoback;
using namespace dontgoback::security::webauthn;
using test::Authenticator;

namespace {

const RelyingParty kParty{"example.org", "https://example.org"};
const std::string kChallenge(32, 'x');

RegistrationReading registered(const Authenticator& device) {
  return read_registration(kParty, kChallenge, device.client_data("webauthn.create", kChallenge),
                           device.attestation_object());
}

AssertionReading signed_in(const Authenticator& device, std::string_view public_key) {
  const auto client_data = device.client_data("webauthn.get", kChallenge);
  const auto data = device.authenticator_data(false);
  return read_assertion(kParty, kChallenge, public_key, client_data, data, device.sign(data, client_data));
}

}  // namespace

TEST_CASE("A passkey is made and signs in, with either algorithm") {
  for (const auto& key : {test::ec_key(), test::rsa_key()}) {
    Authenticator device(key);
    device.counter = 7;
    const auto made = registered(device);
    CAPTURE(made.why);
    REQUIRE(made.passkey);
    CHECK(made.passkey->credential_id == device.credential_id());
    CHECK(made.passkey->counter == 7);
    CHECK(security::PublicKey::from_jwk(made.passkey->public_key)->algorithm() == key.algorithm());

    device.counter = 8;
    const auto found = signed_in(device, made.passkey->public_key);
    CAPTURE(found.why);
    REQUIRE(found.assertion);
    CHECK(found.assertion->counter == 8);
  }
}

TEST_CASE("An attestation is not judged, whatever its format") {
  Authenticator device(test::ec_key());
  device.attestation = "packed";
  CHECK(registered(device).passkey.has_value());
}

TEST_CASE("What is wrong with a registration or a sign-in is said") {
  Authenticator good(test::ec_key());
  const auto public_key = registered(good).passkey.value().public_key;
  auto device = good;
  std::string why;
  SECTION("origin") {
    device.origin = "https://evil.example.org";
    why = "the origin is another one";
  }
  SECTION("origin with a port") {
    device.origin = "https://example.org:443";
    why = "the origin is another one";
  }
  SECTION("another site's key") {
    device.party_id = "org";
    why = "the authenticator answered for another site";
  }
  SECTION("nobody there") {
    device.flags = 0x04;
    why = "nobody was present";
  }
  SECTION("not verified") {
    device.flags = 0x01;
    why = "the user was not verified";
  }
  SECTION("within another page") {
    device.more_client_data = R"(,"crossOrigin":true)";
    why = "the page was shown within another one";
  }
  SECTION("a member twice") {
    device.more_client_data = R"(,"origin":"https://example.org")";
    why = "the client data is malformed";
  }
  CHECK(registered(device).why == why);
  CHECK(signed_in(device, public_key).why == why);
}

TEST_CASE("A challenge is of one ceremony and of one time") {
  const Authenticator device(test::ec_key());
  const auto other = std::string(32, 'y');
  CHECK(read_registration(kParty, kChallenge, device.client_data("webauthn.create", other), device.attestation_object())
            .why == "the challenge is another one");
  CHECK(
      read_registration(kParty, kChallenge, device.client_data("webauthn.get", kChallenge), device.attestation_object())
          .why == "the client data is of another ceremony");
}

TEST_CASE("A signature is of this key, of these bytes and strict DER") {
  const Authenticator device(test::ec_key());
  const auto public_key = registered(device).passkey.value().public_key;
  const auto client_data = device.client_data("webauthn.get", kChallenge);
  const auto data = device.authenticator_data(false);
  const auto signature = device.sign(data, client_data);
  const auto judged = [&](std::string_view with_key, std::string_view signed_by) {
    return read_assertion(kParty, kChallenge, with_key, client_data, data, signed_by).why;
  };
  CHECK(judged(public_key, signature).empty());
  CHECK(judged(public_key, signature + '\0') == "the signature is not good");
  CHECK(judged(public_key, signature.substr(0, signature.size() - 1)) == "the signature is not good");
  CHECK(judged(public_key, "") == "the signature is not good");
  auto changed = signature;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  CHECK(judged(public_key, changed) == "the signature is not good");
  const auto others = registered(Authenticator(test::rsa_key())).passkey.value().public_key;
  CHECK(judged(others, signature) == "the signature is not good");
  CHECK(judged("{}", signature) == "the key that was kept is no key");
}

TEST_CASE("Authenticator data is well-formed to the last byte") {
  const Authenticator device(test::ec_key());
  const auto public_key = registered(device).passkey.value().public_key;
  const auto client_data = device.client_data("webauthn.get", kChallenge);
  for (const auto& data : {std::string(), std::string(36, 'a'), device.authenticator_data(false) + "x",
                           device.authenticator_data(true).substr(0, 60)}) {
    CAPTURE(data.size());
    CHECK(read_assertion(kParty, kChallenge, public_key, client_data, data, device.sign(data, client_data)).why ==
          "the authenticator data is malformed");
  }
  const auto short_id = Authenticator(test::ec_key(), "short");
  CHECK(registered(short_id).why == "the authenticator data is malformed");
  CHECK(read_registration(kParty, kChallenge, device.client_data("webauthn.create", kChallenge),
                          device.attestation_object() + "x")
            .why == "the attestation object is malformed");
}

TEST_CASE("A counter should grow, unless it is always 0") {
  CHECK_FALSE(counter_fell(0, 0));
  CHECK_FALSE(counter_fell(0, 1));
  CHECK_FALSE(counter_fell(1, 2));
  CHECK(counter_fell(2, 2));
  CHECK(counter_fell(2, 1));
  CHECK(counter_fell(1, 0));
}
