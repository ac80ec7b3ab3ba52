#include "dontgoback/security/tokens/hmac_tokens.hpp"

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/equal_constant_time.hpp"

namespace dontgoback::security {

HmacTokens::HmacTokens(std::string_view typ, std::string_view key)
    : head_(base64url_encode(R"({"alg":"HS256","typ":")" + std::string(typ) + R"("})") + '.'), mac_(key) {}

std::string HmacTokens::sign(std::string_view claims) const {
  auto token = head_ + base64url_encode(claims);
  const auto signature = signature_of(token);
  return token.append(1, '.').append(signature);
}

std::optional<std::string> HmacTokens::claims_of(std::string_view token) const {
  if (token.size() > kLongest || !token.starts_with(head_)) return std::nullopt;
  const auto dot = token.rfind('.');
  if (dot < head_.size()) return std::nullopt;
  if (!equal_constant_time(signature_of(token.substr(0, dot)), token.substr(dot + 1))) return std::nullopt;
  return base64url_decode(token.substr(head_.size(), dot - head_.size()));
}

std::string HmacTokens::signature_of(std::string_view input) const {
  HmacSha256 mac(mac_);  // a copy each: one thread at a time
  return base64url_encode(bytes(mac(input)));
}

}  // namespace dontgoback::security
