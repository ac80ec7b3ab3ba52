#include "tokens.hpp"

#include <boost/describe.hpp>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hmac.hpp"
#include "dontgoback/security/tokens/hmac_tokens.hpp"

namespace dontgoback::walk::first_release {
namespace {

/// As that release's.
constexpr std::string_view kTyp = "JWT";

// Members are named as on the wire.
struct Payload {
  std::string userUuid;
  std::optional<std::int64_t> serial;
  std::int64_t iat = 0;
  std::int64_t exp = 0;
};
BOOST_DESCRIBE_STRUCT(Payload, (), (userUuid, serial, iat, exp))

std::int64_t seconds_of(time::Timestamp moment) {
  return std::chrono::floor<std::chrono::seconds>(moment).time_since_epoch().count();
}

// As the library of the first release words them (jsonwebtoken for Node).
constexpr std::string_view kNone = "JsonWebTokenError: jwt must be provided";
constexpr std::string_view kMalformed = "JsonWebTokenError: jwt malformed";
constexpr std::string_view kSignature = "JsonWebTokenError: invalid signature";
constexpr std::string_view kExpired = "TokenExpiredError: jwt expired";

std::string claims_of(const Payload& payload) {
  std::string claims;
  json::Writer writer(claims);
  writer.begin_object();
  writer.field("userUuid", payload.userUuid);
  if (payload.serial) writer.field("serial", *payload.serial);
  writer.field("iat", payload.iat);
  writer.field("exp", payload.exp);
  writer.end_object();
  return claims;
}

std::variant<Payload, std::string_view> judge(const security::HmacTokens& kind, std::string_view token,
                                              time::Timestamp now) {
  if (token.empty()) return kNone;
  const auto dot = token.rfind('.');
  const auto first = token.find('.');
  if (token.size() > security::HmacTokens::kLongest || dot == first || token.find('.', first + 1) != dot) {
    return kMalformed;
  }
  const auto claims = kind.claims_of(token);
  if (!claims) return kSignature;
  auto payload = json::read<Payload>(*claims);
  if (!payload) return kMalformed;
  if (payload->exp <= seconds_of(now)) return kExpired;
  return std::move(*payload);
}

}  // namespace

struct Tokens::Inner {
  explicit Inner(const walkers::Keys& keys)
      : access(kTyp, keys.of("first-release/access-token")),
        refresh(kTyp, keys.of("first-release/refresh-token")),
        secrets(keys.of("first-release/secret")) {}

  const security::HmacTokens access, refresh;
  const security::HmacSha256 secrets;
};

Tokens::Tokens(const walkers::Keys& keys) : inner_(std::make_unique<const Inner>(keys)) {}
Tokens::~Tokens() = default;

std::string Tokens::access_token(const Secret& secret, time::Timestamp now) const {
  const auto at = seconds_of(now);
  return inner_->access.sign(
      claims_of({to_string(secret.uuid), std::nullopt, at, at + std::chrono::seconds(kAccessTokenLife).count()}));
}

std::variant<Secret, std::string_view> Tokens::read_access_token(std::string_view token, time::Timestamp now) const {
  const auto judged = judge(inner_->access, token, now);
  if (const auto* why = std::get_if<std::string_view>(&judged)) return *why;
  const auto uuid = walkers::parse_uuid(std::get<Payload>(judged).userUuid);
  if (!uuid) return kMalformed;
  return Secret{*uuid};
}

std::string Tokens::refresh_token(const Refresh& refresh, time::Timestamp issued_at) const {
  const auto at = seconds_of(issued_at);
  return inner_->refresh.sign(claims_of(
      {to_string(refresh.secret.uuid), refresh.serial, at, at + std::chrono::seconds(kRefreshTokenLife).count()}));
}

std::optional<Tokens::Refresh> Tokens::read_refresh_token(std::string_view token, time::Timestamp now) const {
  const auto judged = judge(inner_->refresh, token, now);
  const auto* payload = std::get_if<Payload>(&judged);
  const auto uuid = payload != nullptr ? walkers::parse_uuid(payload->userUuid) : std::nullopt;
  if (!uuid || !payload->serial) return std::nullopt;
  return Refresh{{*uuid}, *payload->serial};
}

std::string Tokens::stored_form(const Secret& secret) const {
  const std::string_view bytes(reinterpret_cast<const char*>(secret.uuid.bytes.data()), secret.uuid.bytes.size());
  security::HmacSha256 mac(inner_->secrets);  // a copy each: one thread at a time
  return security::base64url_encode(security::bytes(mac(bytes)));
}

}  // namespace dontgoback::walk::first_release
