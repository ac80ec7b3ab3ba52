#include "dontgoback/security/crypto/base64.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback::security;

TEST_CASE("Base64 of RFC 4648 section 10") {
  const std::pair<const char*, const char*> examples[] = {{"", ""},
                                                          {"f", "Zg=="},
                                                          {"fo", "Zm8="},
                                                          {"foo", "Zm9v"},
                                                          {"foob", "Zm9vYg=="},
                                                          {"fooba", "Zm9vYmE="},
                                                          {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : examples) {
    CHECK(base64_encode(plain) == encoded);
    CHECK(base64_decode(encoded) == plain);
    std::string without_padding(encoded);
    while (without_padding.ends_with('=')) without_padding.pop_back();
    CHECK(base64url_encode(plain) == without_padding);
    CHECK(base64url_decode(without_padding) == plain);
  }
}

TEST_CASE("the two alphabets differ in two characters") {
  CHECK(base64_encode("\xfb\xff") == "+/8=");
  CHECK(base64url_encode("\xfb\xff") == "-_8");
  CHECK(!base64url_decode("+/8"));
  CHECK(!base64_decode("-_8="));
}

TEST_CASE("every byte at every place comes back") {
  for (int byte = 0; byte < 256; ++byte) {
    for (std::size_t length = 1; length < 5; ++length) {
      std::string text(length, 'x');
      for (auto& c : text) {
        c = static_cast<char>(byte);
        REQUIRE(base64url_decode(base64url_encode(text)) == text);
        REQUIRE(base64_decode(base64_encode(text)) == text);
      }
    }
  }
}

TEST_CASE("only one text means the same bytes") {
  for (const auto* text : {"Zg==", "Zg=", "=", "Z", "Zm9vY", "Zh", "Zm9", "Zm 8", "Zm8\n", "Zm.v", "\xffm8"}) {
    INFO(text);
    CHECK(!base64url_decode(text));
  }
  for (const auto* text : {"Zg", "Zg=", "Zh==", "Zm9=", "Z===", "====", "Zg==Zg==", "=Zg=", "Zm9v\n", "Zm8"}) {
    INFO(text);
    CHECK(!base64_decode(text));
  }
}
