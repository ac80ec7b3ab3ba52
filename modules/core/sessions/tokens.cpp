#include "tokens.hpp"

#include "accounts/accounts.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/equal_constant_time.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/hmac.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"
#include "dontgoback/security/jose/signing_key.hpp"
#include "dontgoback/text/number.hpp"

namespace dontgoback::core::sessions {
namespace {

constexpr std::size_t kKeyedLength = 43;  // 256 bits as base64url

}  // namespace

std::string keyed(std::string_view key, std::string_view use, std::string_view text) {
  return security::base64url_encode(security::bytes(security::hmac_sha256(key, std::string(use).append(text))));
}

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

std::string successor_of(std::string_view refresh_key, std::string_view token, std::int64_t session) {
  const auto named = keyed(refresh_key, "refresh-successor|", token) + '.' + std::to_string(session);
  return keyed(refresh_key, "refresh-session|", named) + named;
}

std::optional<std::int64_t> session_named_by(std::string_view refresh_key, std::string_view token) {
  const auto dot = token.find('.');
  if (dot != 2 * kKeyedLength) return std::nullopt;
  const auto named = token.substr(kKeyedLength);
  const auto proof = token.substr(0, kKeyedLength);
  if (!security::equal_constant_time(keyed(refresh_key, "refresh-session|", named), proof)) return std::nullopt;
  return text::number<std::int64_t>(token.substr(dot + 1));
}

std::string stored_refresh_token(std::string_view token) {
  auto stored = stored_form(token);
  if (token.find('.') == std::string_view::npos) return stored;
  stored.pop_back();  // it has space for no more, and 252 bits are as good
  return '.' + stored;
}

}  // namespace dontgoback::core::sessions
