#include "tokens.hpp"

#include "accounts/accounts.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/hmac.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"
#include "dontgoback/security/jose/signing_key.hpp"

namespace dontgoback::core::sessions {

std::string access_token(const security::SigningKey& key, std::string_view issuer, const http::Identity& identity,
                         time::Timestamp now) {
  const auto issued_at = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch();
  const std::chrono::seconds expires_at = issued_at + kAccessTokenLife;
  std::string claims;
  json::Writer writer(claims);
  writer.begin_object();
  writer.field("iss", issuer);
  writer.field("aud", kWebAudience);
  writer.field("sub", std::to_string(identity.user.value));
  writer.field("id", identity.user);
  writer.field("role", accounts::to_string(identity.role));
  writer.field("sid", identity.session);
  writer.field("jti", security::base64url_encode(security::random_bytes(12)));
  writer.field("iat", static_cast<std::int64_t>(issued_at.count()));
  writer.field("exp", static_cast<std::int64_t>(expires_at.count()));
  writer.end_object();
  return key.sign("at+jwt", claims);
}

std::string successor_of(std::string_view refresh_key, std::string_view token) {
  return security::base64url_encode(
      security::bytes(security::hmac_sha256(refresh_key, "refresh-successor|" + std::string(token))));
}

}  // namespace dontgoback::core::sessions
