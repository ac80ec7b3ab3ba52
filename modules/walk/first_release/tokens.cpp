#include "tokens.hpp"

#include <boost/describe.hpp>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/equal_constant_time.hpp"
#include "dontgoback/security/crypto/hmac.hpp"

namespace dontgoback::walk::first_release {
namespace {

constexpr std::size_t kLongest = 1024;

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

std::string keyed(const security::HmacSha256& key, std::string_view bytes) {
  security::HmacSha256 mac(key);  // a copy each: one thread at a time
  return security::base64url_encode(security::bytes(mac(bytes)));
}

// As the library of the first release words them (jsonwebtoken for Node).
constexpr std::string_view kNone = "JsonWebTokenError: jwt must be provided";
constexpr std::string_view kMalformed = "JsonWebTokenError: jwt malformed";
constexpr std::string_view kSignature = "JsonWebTokenError: invalid signature";
constexpr std::string_view kExpired = "TokenExpiredError: jwt expired";

/// One kind of token.
class Kind {
 public:
  explicit Kind(const std::string& key) : mac_(key) {}

  std::string sign(const Payload& payload) const {
    std::string claims;
    json::Writer writer(claims);
    writer.begin_object();
    writer.field("userUuid", payload.userUuid);
    if (payload.serial) writer.field("serial", *payload.serial);
    writer.field("iat", payload.iat);
    writer.field("exp", payload.exp);
    writer.end_object();
    auto token = head() + security::base64url_encode(claims);
    return token + '.' + keyed(mac_, token);
  }

  std::variant<Payload, std::string_view> read(std::string_view token, time::Timestamp now) const {
    if (token.empty()) return kNone;
    const auto dot = token.rfind('.');
    const auto first = token.find('.');
    if (token.size() > kLongest || dot == first || token.find('.', first + 1) != dot) return kMalformed;
    // A header other than the one that is written here is not looked at: no token says how it is to be judged.
    if (!token.starts_with(head())) return kSignature;
    if (!security::equal_constant_time(keyed(mac_, token.substr(0, dot)), token.substr(dot + 1))) return kSignature;
    const auto claims = security::base64url_decode(token.substr(head().size(), dot - head().size()));
    auto payload = claims ? json::read<Payload>(*claims) : json::kMalformed;
    if (!payload) return kMalformed;
    if (payload->exp <= seconds_of(now)) return kExpired;
    return std::move(*payload);
  }

 private:
  static const std::string& head() {
    static const std::string kHead = security::base64url_encode(R"({"alg":"HS256","typ":"JWT"})") + '.';
    return kHead;
  }

  security::HmacSha256 mac_;
};

}  // namespace

struct Tokens::Inner {
  explicit Inner(const walkers::Keys& keys)
      : access(keys.of("first-release/access-token")),
        refresh(keys.of("first-release/refresh-token")),
        secrets(keys.of("first-release/secret")) {}

  const Kind access, refresh;
  const security::HmacSha256 secrets;
};

Tokens::Tokens(const walkers::Keys& keys) : inner_(std::make_unique<const Inner>(keys)) {}
Tokens::~Tokens() = default;

std::string Tokens::access_token(const Secret& secret, time::Timestamp now) const {
  const auto at = seconds_of(now);
  return inner_->access.sign(
      {to_string(secret.uuid), std::nullopt, at, at + std::chrono::seconds(kAccessTokenLife).count()});
}

std::variant<Secret, std::string_view> Tokens::read_access_token(std::string_view token, time::Timestamp now) const {
  const auto read = inner_->access.read(token, now);
  if (const auto* why = std::get_if<std::string_view>(&read)) return *why;
  const auto uuid = walkers::parse_uuid(std::get<Payload>(read).userUuid);
  if (!uuid) return kMalformed;
  return Secret{*uuid};
}

std::string Tokens::refresh_token(const Refresh& refresh, time::Timestamp issued_at) const {
  const auto at = seconds_of(issued_at);
  return inner_->refresh.sign(
      {to_string(refresh.secret.uuid), refresh.serial, at, at + std::chrono::seconds(kRefreshTokenLife).count()});
}

std::optional<Tokens::Refresh> Tokens::read_refresh_token(std::string_view token, time::Timestamp now) const {
  const auto read = inner_->refresh.read(token, now);
  const auto* payload = std::get_if<Payload>(&read);
  const auto uuid = payload != nullptr ? walkers::parse_uuid(payload->userUuid) : std::nullopt;
  if (!uuid || !payload->serial) return std::nullopt;
  return Refresh{{*uuid}, *payload->serial};
}

std::string Tokens::stored_form(const Secret& secret) const {
  const std::string_view bytes(reinterpret_cast<const char*>(secret.uuid.bytes.data()), secret.uuid.bytes.size());
  return keyed(inner_->secrets, bytes);
}

}  // namespace dontgoback::walk::first_release
