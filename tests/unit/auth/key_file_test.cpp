#include "auth/commands/key_file.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/jose/jwks.hpp"
#include "support/temporary_directory.hpp"

namespace dontgoback::auth {
namespace {

using security::Algorithm;
using security::SigningKey;

struct Fixture {
  test::TemporaryDirectory folder;
  const SigningKey key = SigningKey::generate(Algorithm::es256);
  const std::string jwk = key.public_jwk();

  GivenKeys read(std::string_view text) const {
    const auto file = folder.path() / "keys";
    std::ofstream(file, std::ios::binary) << text;
    return read_key_file(file);
  }
  /// What is said of a file that is refused.
  std::string refusal(std::string_view text) const {
    try {
      read(text);
    } catch (const std::invalid_argument& refused) {
      return refused.what();
    }
    return {};
  }
  bool has_the_key(const GivenKeys& given) const {
    const auto keys = security::parse_jwks(given.jwks);
    return keys && keys->size() == 1 && keys->front().thumbprint() == security::PublicKey::from_jwk(jwk)->thumbprint();
  }
  std::string pem(std::string_view label, std::string_view der) const {
    const auto base64 = security::base64_encode(der);
    std::string text = "-----BEGIN " + std::string(label) + "-----\n";
    for (std::size_t at = 0; at < base64.size(); at += 64) text += base64.substr(at, 64) + "\n";
    return text + "-----END " + std::string(label) + "-----\n";
  }
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST_CASE_METHOD(Fixture, "a set, one JWK and the PEM of a public key are taken alike") {
  for (const auto& text : {"{\"keys\":[" + jwk + "]}", jwk, "\n " + jwk + "\n"}) {
    const auto given = read(text);
    CHECK(has_the_key(given));
    CHECK(given.notes.empty());
  }
  const auto from_pem = read("a comment\n" + pem("PUBLIC KEY", key.public_der()));
  CHECK(has_the_key(from_pem));
  REQUIRE(from_pem.notes.size() == 1);
  CHECK(has(from_pem.notes.front(), security::parse_jwks(from_pem.jwks)->front().kid()));
}

TEST_CASE_METHOD(Fixture, "a key of a set that cannot be used is named, with what is wrong with it") {
  const auto [unusable, why] = GENERATE(table<std::string, std::string>({
      {R"({"kty":"OKP","crv":"Ed25519","kid":"one","x":"AA"})", "kty \"OKP\""},
      {R"({"kty":"EC","crv":"P-384","kid":"one","x":"AA","y":"AA"})", "crv \"P-384\""},
      {R"({"kty":"EC","crv":"P-256","kid":"one","x":"AA","y":"AA"})", "no point"},
      {R"({"kty":"EC","crv":"P-256","kid":"one","x":"AA"})", "no y"},
      {R"({"kty":"RSA","kid":"one","n":"AQAB","e":"AQAB"})", "2048"},
      {R"({"kty":"RSA","kid":"one","alg":"RS512","n":"AQAB","e":"AQAB"})", "alg \"RS512\""},
      {R"({"kty":"RSA","kid":"one","use":"enc","n":"AQAB","e":"AQAB"})", "use \"enc\""},
      {R"({"kty":"RSA","kid":"one","key_ops":["encrypt"],"n":"AQAB","e":"AQAB"})", "key_ops"},
      {R"({"kid":"one"})", "no kty"},
  }));
  const auto given = read("{\"keys\":[" + jwk + ',' + unusable + "]}");
  CHECK(has_the_key(given));
  REQUIRE(given.notes.size() == 1);
  CAPTURE(given.notes.front(), why);
  CHECK(has(given.notes.front(), "key 2, kid \"one\""));
  CHECK(has(given.notes.front(), why));
  const auto alone = refusal("{\"keys\":[" + unusable + "]}");
  CAPTURE(alone);
  CHECK(has(alone, "kid \"one\""));
  CHECK(has(alone, why));
}

TEST_CASE_METHOD(Fixture, "what is no public key is refused with what to give instead") {
  const auto rsa = SigningKey::generate(Algorithm::es256);
  for (const auto& text : {std::string(), std::string("ssh-ed25519 AAAA me@here"), "[" + jwk + "]", std::string("{}"),
                           std::string(R"({"keys":{}})"), pem("CERTIFICATE", "x"), pem("RSA PUBLIC KEY", "x"),
                           pem("PUBLIC KEY", key.public_der()) + pem("PUBLIC KEY", rsa.public_der())}) {
    CAPTURE(text);
    const auto told = refusal(text);
    CAPTURE(told);
    CHECK(has(told, "JWKS"));
    CHECK(has(told, "openssl pkey -pubout"));
  }
  CHECK(has(refusal(R"({"keys":[]})"), "no key"));
  CHECK(has(refusal(pem("PUBLIC KEY", "x")), "P-256"));
}

TEST_CASE_METHOD(Fixture, "a private key is refused in every form, and nothing of it is told") {
  for (const auto& text :
       {std::string(R"({"kty":"EC","crv":"P-256","d":"c2VjcmV0","x":"AA","y":"AA"})"),
        std::string(R"({"kty":"oct","k":"c2VjcmV0"})"), "{\"keys\":[" + jwk + R"(,{"kty":"oct","k":"c2VjcmV0"}]})",
        pem("PRIVATE KEY", "secret"), pem("EC PRIVATE KEY", "secret"),
        pem("PUBLIC KEY", key.public_der()) + pem("PRIVATE KEY", "secret")}) {
    const auto told = refusal(text);
    CAPTURE(told);
    CHECK((has(told, "private key") || has(told, "more than one block")));
    CHECK_FALSE(has(told, "c2VjcmV0"));
  }
}

}  // namespace
}  // namespace dontgoback::auth
