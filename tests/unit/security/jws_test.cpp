#include "dontgoback/security/jose/jws.hpp"

#include <catch2/catch.hpp>

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/jose/algorithm.hpp"
#include "dontgoback/security/jose/public_key.hpp"
#include "forge.hpp"

using namespace dontgoback::security;
using namespace dontgoback::test;

namespace {

const std::string kClaims = "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}";
const std::string kPayload =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

}  // namespace

TEST_CASE("RFC 7515 appendix A.2: RS256") {
  const auto key = PublicKey::from_jwk(
      R"({"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"})");
  REQUIRE(key);
  const auto token =
      "eyJhbGciOiJSUzI1NiJ9." + kPayload +
      ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7"
      "t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--"
      "xi12j"
      "zDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQ"
      "Ge77Rw";
  const auto parsed = parse_jws(token);
  REQUIRE(parsed);
  CHECK(parsed->algorithm == Algorithm::rs256);
  CHECK(parsed->kid.empty());
  CHECK(parsed->typ.empty());
  CHECK(parsed->payload == kClaims);
  CHECK(key->verify(parsed->signing_input, parsed->signature));
}

TEST_CASE("RFC 7515 appendix A.3: ES256") {
  const auto key = PublicKey::from_jwk(
      R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})");
  REQUIRE(key);
  const auto token = "eyJhbGciOiJFUzI1NiJ9." + kPayload +
                     ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
  const auto parsed = parse_jws(token);
  REQUIRE(parsed);
  CHECK(parsed->algorithm == Algorithm::es256);
  CHECK(key->verify(parsed->signing_input, parsed->signature));
}

TEST_CASE("a signed token says by which key and for what") {
  for (const auto* key : {&rsa_key(), &ec_key()}) {
    const auto token = key->sign("at+jwt", R"({"sub":"가"})");
    const auto parsed = parse_jws(token);
    REQUIRE(parsed);
    CHECK(parsed->algorithm == key->algorithm());
    CHECK(parsed->kid == key->kid());
    CHECK(parsed->typ == "at+jwt");
    CHECK(parsed->payload == R"({"sub":"가"})");
    CHECK(token.substr(0, token.rfind('.')) == parsed->signing_input);
    CHECK(parsed->signature.size() == (key->algorithm() == Algorithm::rs256 ? 256 : 64));
  }
}

TEST_CASE("a key in the header is an object, or there is none") {
  const auto parsed_with = [](std::string_view member) {
    return parse_jws(assemble(R"({"alg":"ES256","typ":"dpop+jwt")" + std::string(member) + "}", "{}", "signature"));
  };
  const auto none = parsed_with("");
  REQUIRE(none);
  CHECK(none->jwk == nullptr);
  CHECK(none->kid.empty());
  const auto given = parsed_with(R"(,"jwk":{"kty":"EC"})");
  REQUIRE(given);
  CHECK(given->jwk != nullptr);
  for (const auto* other : {R"(,"jwk":null)", R"(,"jwk":"EC")", R"(,"jwk":["EC"])", R"(,"jwk":1)"}) {
    CHECK_FALSE(parsed_with(other));
  }
}

TEST_CASE("a header that is not exactly what it must be is refused") {
  REQUIRE(parse_jws(assemble(R"({"alg":"RS256"})", "{}", "s")));
  REQUIRE(parse_jws(
      assemble(R"({"typ":"JWT","alg":"ES256","kid":"k","cty":"x","jku":"https://evil.example"})", "{}", "s")));
  const std::string headers[] = {
      "",
      "{}",
      "[]",
      "\"RS256\"",
      "null",
      R"({"alg":"none"})",
      R"({"alg":"None"})",
      R"({"alg":"HS256"})",
      R"({"alg":"rs256"})",
      R"({"alg":"RS384"})",
      R"({"alg":"PS256"})",
      R"({"alg":""})",
      R"({"alg":null})",
      R"({"alg":["RS256"]})",
      R"({"alg":"RS256","alg":"RS256"})",
      R"({"alg":"RS256","\u0061lg":"none"})",
      R"({"alg":"RS256","crit":["exp"]})",
      R"({"alg":"RS256","crit":[]})",
      R"({"alg":"RS256","crit":null})",
      R"({"alg":"RS256","b64":false,"crit":["b64"]})",
      R"({"alg":"RS256","kid":7})",
      R"({"alg":"RS256","kid":null})",
      R"({"alg":"RS256","typ":["JWT"]})",
      R"({"alg":"RS256"} x)",
      R"({"alg":"RS256"}{})",
      R"({"alg":"RS256",})",
      "{\"alg\":\"RS256\",\"x\":\"\xff\"}",
  };
  for (const auto& header : headers) {
    INFO(header);
    CHECK(!parse_jws(assemble(header, "{}", "s")));
  }
}

TEST_CASE("a token that is not exactly three parts of strict base64url is refused") {
  const auto header = base64url_encode(R"({"alg":"RS256"})");
  REQUIRE(parse_jws(header + ".e30.c2ln"));
  const std::string tokens[] = {
      "",
      ".",
      "..",
      "...",
      header,
      header + ".e30",
      header + ".e30.",  // no signature: what `alg: none` looks like
      header + ".e30.c2ln.",
      header + ".e30.c2ln.c2ln",
      "." + header + ".e30.c2ln",
      ".e30.c2ln",
      header + ".e30=.c2ln",
      header + ".e30.c2lnZw==",
      header + ".e30.c2lnZ",
      header + ".e30.c2lnZh",  // stray bits
      header + ".e3+.c2ln",
      header + ".e3/.c2ln",
      " " + header + ".e30.c2ln",
      header + ".e30.c2ln ",
      header + ".e30.c2ln\n",
      header + ". e30.c2ln",
      header + ".e30.c2\xc3\xa9",
      header + std::string(".e30\0.c2ln", 10),
      R"({"payload":"e30","protected":")" + header + R"(","signature":"c2ln"})",
  };
  for (const auto& token : tokens) {
    INFO(token);
    CHECK(!parse_jws(token));
  }
}

TEST_CASE("a token of more than 8 KiB is refused") {
  const auto start = base64url_encode(R"({"alg":"RS256"})") + ".e30.";
  CHECK(parse_jws(start + std::string((8192 - start.size()) / 4 * 4, 'A')));
  CHECK(!parse_jws(start + std::string((8192 - start.size()) / 4 * 4 + 8, 'A')));
}
