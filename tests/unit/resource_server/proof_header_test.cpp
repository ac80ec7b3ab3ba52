#include <catch2/catch.hpp>

#include "dontgoback/security/jose/algorithm.hpp"
#include "resource.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

std::string header(const SigningKey& key, std::string_view jwk, std::string_view typ = "dpop+jwt") {
  return R"({"typ":")" + std::string(typ) + R"(","alg":")" + std::string(name_of(key.algorithm())) + R"(","jwk":)" +
         std::string(jwk) + '}';
}

}  // namespace

TEST_CASE_METHOD(Resource, "the thumbprint is the key's, whatever the key is called") {
  auto jwk = rsa_key().public_jwk();
  const auto at = jwk.find(rsa_key().kid());
  jwk.replace(at, rsa_key().kid().size(), ec_key().kid());
  CHECK(verify(forge(rsa_key(), header(rsa_key(), jwk), claims())).thumbprint == rsa_key().kid());
}

TEST_CASE_METHOD(Resource, "attacks on the header fail") {
  const auto jwk = rsa_key().public_jwk();
  const auto with = [&jwk](std::string_view member) {
    return jwk.substr(0, jwk.size() - 1) + std::string(member) + '}';
  };
  const auto why = [this](std::string_view header) { return verify(forge(rsa_key(), header, claims())).why; };
  REQUIRE(why(header(rsa_key(), jwk)).empty());
  REQUIRE(why(header(rsa_key(), with(R"(,"unknown":1)"))).empty());

  SECTION("another type") {
    for (const auto* typ : {"", "JWT", "at+jwt", "dpop"}) CHECK(why(header(rsa_key(), jwk, typ)).find("typ") == 0);
    CHECK(why(header(rsa_key(), jwk, "application/DPoP+JWT")).empty());
  }
  SECTION("no key, none that is one, a secret one, a private one") {
    CHECK(why(R"({"typ":"dpop+jwt","alg":"RS256"})").find("no jwk") != std::string::npos);
    CHECK(why(R"({"typ":"dpop+jwt","alg":"RS256","jwk":"x"})").find("no JWS") != std::string::npos);
    for (const auto* key : {"{}", R"({"kty":"oct","x":"c2VjcmV0"})", R"({"kty":"RSA","n":"AQAB","e":"AQAB"})"}) {
      CHECK(why(header(rsa_key(), key)).find("neither") != std::string::npos);
    }
    for (const auto* name : {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}) {
      INFO(name);
      CHECK(why(header(rsa_key(), with(",\"" + std::string(name) + "\":\"AQAB\""))).find("private") !=
            std::string::npos);
    }
  }
  SECTION("keys too small and too large") {
    for (const unsigned bits : {1024U, 8192U}) {
      const auto modulus = base64url_encode(std::string(1, '\xc0') + std::string(bits / 8 - 2, 'n') + '\x01');
      CHECK(why(header(rsa_key(), R"({"kty":"RSA","n":")" + modulus + R"(","e":"AQAB"})")).find("neither") !=
            std::string::npos);
    }
  }
  SECTION("none, HMAC with the public key, the other algorithm") {
    for (const auto* alg : {"none", "HS256", "PS256"}) {
      const auto other = R"({"typ":"dpop+jwt","alg":")" + std::string(alg) + R"(","jwk":)" + jwk + '}';
      CHECK(why(other).find("no JWS") != std::string::npos);
    }
    const auto bare = R"({"kty":"RSA","n":)" + jwk.substr(jwk.find("\"n\":") + 4);
    CHECK(why(R"({"typ":"dpop+jwt","alg":"ES256","jwk":)" + bare + '}').find("belong together") != std::string::npos);
  }
  SECTION("another's key, another's signature") {
    CHECK(why(header(rsa_key(), other_rsa_key().public_jwk())).find("not signed") != std::string::npos);
    CHECK(verify(assemble(header(rsa_key(), jwk), claims(), std::string(256, 's'))).why.find("not signed") !=
          std::string::npos);
  }
  SECTION("crit, an oversized proof, no proof at all") {
    CHECK(!why(R"({"crit":["x"],)" + header(rsa_key(), jwk).substr(1)).empty());
    CHECK(verify(proof({{"pad", '"' + std::string(6000, 'x') + '"'}})).why == "the proof is too large");
    for (const auto* text : {"", ".", "..", "a.b.c"}) CHECK(!verify(text).why.empty());
  }
}
