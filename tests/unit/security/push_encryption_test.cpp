// Web Push's encryption against the example of the RFC itself.
#include "dontgoback/security/crypto/push_encryption.hpp"

#include <catch2/catch.hpp>

#include "dontgoback/security/crypto/base64.hpp"

using namespace dontgoback::security;

namespace {

std::string decoded(std::string_view text) { return base64url_decode(text).value(); }

// RFC 8291 section 5 and appendix A.
const std::string kPublic =
    decoded("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
const std::string kAuth = decoded("BTBZMqHH6r4Tts7J_aSIgg");

}  // namespace

TEST_CASE("The example of RFC 8291 comes out byte for byte") {
  const auto body =
      encrypt_push("When I grow up, I want to be a watermelon", {kPublic, kAuth},
                   {decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), decoded("DGv6ra1nlYgDCS1FRnbzlw")});
  CHECK(
      base64url_encode(body) ==
      "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
      "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
}

TEST_CASE("No two pushes are the same, and none is larger than a push service takes") {
  const PushReceiver receiver{kPublic, kAuth};
  CHECK(encrypt_push("x", receiver) != encrypt_push("x", receiver));
  CHECK(encrypt_push("x", receiver).substr(16, 5) == std::string("\x00\x00\x10\x00\x41", 5));
  CHECK(encrypt_push(std::string(kMostPushed, 'x'), receiver).size() == 4096);
  CHECK_THROWS_AS(encrypt_push(std::string(kMostPushed + 1, 'x'), receiver), std::invalid_argument);
}

TEST_CASE("What is no point, and a secret of another length, are refused") {
  CHECK(is_p256_point(kPublic));
  auto off_curve = kPublic;
  off_curve.back() ^= 1;
  auto compressed = kPublic.substr(0, 33);
  compressed[0] = '\x02';
  auto hybrid = kPublic;
  hybrid[0] = '\x06';
  for (const auto& bad : {std::string(), std::string(1, '\0'), std::string(65, '\0'), std::string(65, '\xff'),
                          off_curve, compressed, hybrid, kPublic.substr(1), kPublic + "x"}) {
    CHECK_FALSE(is_p256_point(bad));
    CHECK_THROWS_AS(encrypt_push("x", {bad, kAuth}), std::invalid_argument);
  }
  CHECK_THROWS_AS(encrypt_push("x", {kPublic, kAuth.substr(1)}), std::invalid_argument);
  CHECK_THROWS_AS(encrypt_push("x", {kPublic, kAuth}, {"short", "short"}), std::invalid_argument);
}
