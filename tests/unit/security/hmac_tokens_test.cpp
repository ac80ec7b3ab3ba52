#include "dontgoback/security/tokens/hmac_tokens.hpp"

#include <catch2/catch.hpp>

#include "dontgoback/security/crypto/base64.hpp"

using namespace dontgoback::security;

namespace {

const std::string kKey(32, 'k');
constexpr std::string_view kClaims = R"({"userUuid":"u","iat":1,"exp":2})";

}  // namespace

TEST_CASE("A token is what RFC 7515 makes of it") {
  // The key and the claims of RFC 7515's appendix A.1, with this header; made with Python's hmac.
  const auto key =
      base64url_decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
  REQUIRE(key);
  const HmacTokens tokens("JWT", *key);
  CHECK(tokens.sign(R"({"iss":"joe","exp":1300819380})") ==
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJqb2UiLCJleHAiOjEzMDA4MTkzODB9."
        "vtajAuiiED5N1IlkJw6biq1sZzHqaV69C97gFipZlqk");
}

TEST_CASE("What was signed is read, and nothing else") {
  const HmacTokens tokens("walker-at+jwt", kKey);
  const auto token = tokens.sign(kClaims);
  CHECK(tokens.claims_of(token) == kClaims);

  CHECK_FALSE(HmacTokens("walker-rt+jwt", kKey).claims_of(token));  // of another use
  CHECK_FALSE(HmacTokens("walker-at+jwt", std::string(32, 'x')).claims_of(token));
  for (std::size_t i = 0; i < token.size(); ++i) {
    auto other = token;
    other[i] = other[i] == 'A' ? 'B' : 'A';
    CAPTURE(i);
    CHECK_FALSE(tokens.claims_of(other));
    CHECK_FALSE(tokens.claims_of(std::string_view(token).substr(0, i)));
  }
  CHECK_FALSE(tokens.claims_of(token + "="));
  CHECK_FALSE(tokens.claims_of(token + "." + token));
  const auto head_of = [](std::string_view header) { return base64url_encode(header) + "."; };
  const auto rest = token.substr(token.find('.') + 1);
  CHECK_FALSE(tokens.claims_of(head_of(R"({"alg":"none","typ":"walker-at+jwt"})") + rest));
  CHECK_FALSE(tokens.claims_of(head_of(R"({"typ":"walker-at+jwt","alg":"HS256"})") + rest));
  CHECK_FALSE(tokens.claims_of(head_of(R"({"alg":"none"})") + base64url_encode(kClaims) + "."));
}

TEST_CASE("A token of ours that is too long is none") {
  const HmacTokens tokens("JWT", kKey);
  const auto long_one = tokens.sign(std::string(HmacTokens::kLongest, 'x'));
  CHECK(long_one.size() > HmacTokens::kLongest);
  CHECK_FALSE(tokens.claims_of(long_one));
}
