#include <catch2/catch.hpp>
#include <stdexcept>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/jose/algorithm.hpp"
#include "dontgoback/security/jose/jwks.hpp"
#include "dontgoback/security/jose/jws.hpp"
#include "dontgoback/security/jose/public_key.hpp"
#include "dontgoback/security/jose/signing_key.hpp"
#include "forge.hpp"

using namespace dontgoback;
using namespace dontgoback::security;
using namespace dontgoback::test;

namespace {

// RFC 7638 section 3.1.
const std::string kRfc7638N =
    "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_"
    "BJECPebWKRXjBZCiFV4n3oknjhMst"
    "n64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_"
    "FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajr"
    "n1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

std::string rsa_jwk(const std::string& more, const std::string& n = kRfc7638N, const std::string& e = "AQAB") {
  return R"({"kty":"RSA","n":")" + n + R"(","e":")" + e + '"' + more + '}';
}

const std::string kX = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";  // RFC 7515 appendix A.3
const std::string kY = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";

std::string ec_jwk(const std::string& x, const std::string& y, const std::string& crv = "P-256") {
  return R"({"kty":"EC","crv":")" + crv + R"(","x":")" + x + R"(","y":")" + y + R"("})";
}

}  // namespace

TEST_CASE("the thumbprint of RFC 7638 names a key without a name") {
  const auto key = PublicKey::from_jwk(rsa_jwk(""));
  REQUIRE(key);
  CHECK(key->kid() == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
  CHECK(PublicKey::from_jwk(rsa_jwk(R"(,"kid":"2011-04-29","alg":"RS256","use":"sig","key_ops":["verify"])"))->kid() ==
        "2011-04-29");
}

TEST_CASE("a JWK that is no signature key of ours is left out") {
  REQUIRE(PublicKey::from_jwk(ec_jwk(kX, kY)));
  const std::string keys[] = {
      "",
      "[]",
      "{}",
      "null",
      rsa_jwk(R"(,"use":"enc")"),
      rsa_jwk(R"(,"alg":"PS256")"),
      rsa_jwk(R"(,"alg":"ES256")"),
      rsa_jwk(R"(,"alg":"HS256")"),
      rsa_jwk(R"(,"alg":"none")"),
      rsa_jwk(R"(,"key_ops":["sign"])"),
      rsa_jwk(R"(,"key_ops":"verify")"),
      rsa_jwk(R"(,"kid":1)"),
      rsa_jwk(R"(,"kid":")" + std::string(257, 'k') + '"'),
      rsa_jwk(R"(,"kty":"RSA")"),
      rsa_jwk("", kRfc7638N + "="),
      rsa_jwk("", ""),
      rsa_jwk("", base64url_encode(std::string(128, '\xff'))),           // 1024 bit
      rsa_jwk("", base64url_encode(std::string(513, '\xff'))),           // 4104 bit
      rsa_jwk("", base64url_encode('\x7f' + std::string(255, '\xff'))),  // 2047 bit
      rsa_jwk("", base64url_encode(std::string(255, '\xff') + '\xfe')),  // even
      rsa_jwk("", kRfc7638N, "Aw"),                                      // 3
      rsa_jwk("", kRfc7638N, "AQ"),                                      // 1
      rsa_jwk("", kRfc7638N, ""),
      rsa_jwk("", kRfc7638N, base64url_encode(std::string("\x01\x00\x02", 3))),  // even
      rsa_jwk("", kRfc7638N, base64url_encode(std::string("\x01\x00\x00\x00\x01", 5))),
      R"({"kty":"oct","k":"AAAA"})",
      R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})",
      R"({"kty":"rsa","n":")" + kRfc7638N + R"(","e":"AQAB"})",
      ec_jwk(kX, kY, "P-384"),
      ec_jwk(kX, kX),  // not on the curve
      ec_jwk(kX, base64url_encode(std::string(31, '\1'))),
      ec_jwk("A" + kX, kY),
      ec_jwk(base64url_encode(std::string(32, '\0')), base64url_encode(std::string(32, '\0'))),
      R"({"kty":"EC","crv":"P-256","x":")" + kX + R"("})",
  };
  for (const auto& key : keys) {
    INFO(key);
    CHECK(!PublicKey::from_jwk(key));
  }
}

TEST_CASE("a key set gives the keys we can use") {
  const auto keys = parse_jwks(R"({"keys":[)" + rsa_key().public_jwk() + R"(,{"kty":"oct","k":"AAAA"},7,)" +
                               ec_key().public_jwk() + R"(],"more":1})");
  REQUIRE(keys);
  REQUIRE(keys->size() == 2);
  CHECK((*keys)[0].kid() == rsa_key().kid());
  CHECK((*keys)[0].algorithm() == Algorithm::rs256);
  CHECK((*keys)[1].kid() == ec_key().kid());
  CHECK((*keys)[1].algorithm() == Algorithm::es256);
  CHECK(parse_jwks(R"({"keys":[]})")->empty());
  CHECK(parse_jwks(jwks({rsa_key(), ec_key()}))->size() == 2);
}

TEST_CASE("what is no key set gives nothing") {
  std::string many = R"({"keys":[0)";
  for (int i = 0; i < 32; ++i) many += ",0";
  for (const auto& text :
       {std::string(), std::string("[]"), std::string("{}"), std::string(R"({"keys":{}})"),
        std::string(R"({"keys":[]}x)"), many + "]}", R"({"keys":[],"x":")" + std::string(64 * 1024, 'x') + "\"}"}) {
    INFO(text.substr(0, 40));
    CHECK(!parse_jwks(text));
  }
}

TEST_CASE("a public JWK says what the key is for") {
  for (const auto* key : {&rsa_key(), &ec_key()}) {
    const auto jwk = json::parse(key->public_jwk()).value().get_object();
    CHECK(jwk.at("use") == "sig");
    CHECK(jwk.at("alg") == boost::json::string_view(name_of(key->algorithm())));
    CHECK(jwk.at("kid") == boost::json::string_view(key->kid()));
    CHECK(!jwk.contains("d"));
    CHECK(jwk.size() == (key->algorithm() == Algorithm::rs256 ? 6 : 7));
  }
}

TEST_CASE("a key survives its PEM and its public DER") {
  for (const auto* key : {&rsa_key(), &ec_key()}) {
    const auto pem = key->to_pem();
    CHECK(pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
    const auto again = SigningKey::from_pem(pem);
    CHECK(again.kid() == key->kid());
    CHECK(again.algorithm() == key->algorithm());
    const auto public_half = PublicKey::from_der_base64(base64_encode(key->public_der()));
    REQUIRE(public_half);
    CHECK(public_half->kid() == key->kid());
    CHECK(public_half->algorithm() == key->algorithm());
  }
  const auto point = ec_key().public_point();
  CHECK(point.size() == 65);
  CHECK(ec_key().public_jwk().find(base64url_encode(std::string_view(point).substr(1, 32))) != std::string::npos);
  CHECK(ec_key().public_jwk().find(base64url_encode(std::string_view(point).substr(33))) != std::string::npos);
  CHECK_THROWS_AS(rsa_key().public_point(), std::logic_error);
}

TEST_CASE("a PEM text that is no key of ours is refused") {
  const auto good = rsa_key().to_pem();
  auto damaged = good;
  damaged[150] = damaged[150] == 'A' ? 'B' : 'A';  // in the modulus
  for (const auto& pem : {std::string(), std::string("no key"), good.substr(0, good.size() / 2), encrypted_pem(good),
                          traditional_pem(good), traditional_pem(ec_key().to_pem()), rsa_pem(1024, 65537),
                          rsa_pem(2048, 3), ec_pem("P-384"), ec_pem("secp256k1"), damaged}) {
    INFO(pem.substr(0, 40));
    CHECK_THROWS_AS(SigningKey::from_pem(pem), std::runtime_error);
  }
}

TEST_CASE("a public DER that is no key of ours gives nothing") {
  const auto good = base64_encode(rsa_key().public_der());
  for (const auto& text :
       {std::string(), std::string("!"), good.substr(4), good.substr(0, good.size() - 4),
        base64_encode(rsa_key().public_der() + "x"), public_der_base64(rsa_pem(1024, 65537)),
        public_der_base64(rsa_pem(2048, 3)), public_der_base64(ec_pem("P-384")), std::string(8 * 1024 + 4, 'A')}) {
    INFO(text.substr(0, 40));
    CHECK(!PublicKey::from_der_base64(text));
  }
}

TEST_CASE("each key verifies its own signatures only") {
  for (const auto* key : {&rsa_key(), &ec_key()}) {
    const auto token = key->sign("at+jwt", R"({"sub":"a"})");
    const auto parsed = parse_jws(token);
    REQUIRE(parsed);
    const auto own = PublicKey::from_jwk(key->public_jwk());
    CHECK(own->verify(parsed->signing_input, parsed->signature));
    for (const auto* other : {&rsa_key(), &other_rsa_key(), &ec_key()}) {
      if (other == key) continue;
      CHECK(!PublicKey::from_jwk(other->public_jwk())->verify(parsed->signing_input, parsed->signature));
    }
    CHECK(!own->verify(std::string(parsed->signing_input) + "x", parsed->signature));
    CHECK(!own->verify(parsed->signing_input, ""));
    CHECK(!own->verify(parsed->signing_input, parsed->signature.substr(1)));
    CHECK(!own->verify(parsed->signing_input, parsed->signature + '\0'));
    CHECK(!own->verify(parsed->signing_input, '\0' + parsed->signature));
    CHECK(!own->verify(parsed->signing_input, std::string(parsed->signature.size(), '\0')));
    CHECK(!own->verify(parsed->signing_input, std::string(parsed->signature.size(), '\xff')));
  }
}
