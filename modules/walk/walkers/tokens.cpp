#include "tokens.hpp"

#include <array>
#include <boost/describe.hpp>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/hmac.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"
#include "dontgoback/security/tokens/hmac_tokens.hpp"
#include "dontgoback/text/ascii.hpp"

namespace dontgoback::walk::walkers {
namespace {

constexpr std::size_t kBlock = 16;  // a walker's number and a session's
constexpr std::size_t kSid = 2 * kBlock;

// Members are named as on the wire.
struct Payload {
  std::string userUuid;
  std::string sid;
  std::int64_t iat = 0;
  std::int64_t exp = 0;
};
BOOST_DESCRIBE_STRUCT(Payload, (), (userUuid, sid, iat, exp))

std::optional<Payload> read(const security::HmacTokens& kind, std::string_view token) {
  const auto claims = kind.claims_of(token);
  if (!claims) return std::nullopt;
  auto payload = json::read<Payload>(*claims);
  if (!payload) return std::nullopt;
  return std::move(*payload);
}

std::string numbers_of(const Holder& holder) {
  std::string block;
  for (const auto number : {holder.walker.value, holder.session}) {
    for (int shift = 56; shift >= 0; shift -= 8)
      block += static_cast<char>(static_cast<std::uint64_t>(number) >> shift);
  }
  return block;
}

std::int64_t number_in(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes.substr(0, 8)) number = number << 8U | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(number);
}

std::chrono::seconds whole_seconds(time::Timestamp moment) {
  return std::chrono::floor<std::chrono::seconds>(moment).time_since_epoch();
}

}  // namespace

struct Tokens::Inner {
  explicit Inner(const Keys& keys)
      : access("walker-at+jwt", keys.of("access-token")),
        refresh("walker-rt+jwt", keys.of("refresh-token")),
        names(keys.of("session-name")),
        hides(keys.of("session-numbers")),
        successors(keys.of("refresh-successor")) {}

  /// `sid`: what a session is called outside, which says nothing to who has not the keys: a synthetic initialisation
  /// vector, and the numbers hidden under it (the construction of RFC 5297, of HMAC). Good only within a token, whose
  /// signature covers it.
  std::string sid_of(const Holder& holder) const {
    const auto numbers = numbers_of(holder);
    const auto name = first(names, numbers);
    return security::base64url_encode(name + hidden(name, numbers));
  }
  std::string hidden(std::string_view name, std::string_view numbers) const {
    auto pad = first(hides, name);
    for (std::size_t i = 0; i < kBlock; ++i) pad[i] = static_cast<char>(pad[i] ^ numbers[i]);
    return pad;
  }
  static std::string first(const security::HmacSha256& keyed, std::string_view bytes) {
    security::HmacSha256 mac(keyed);
    const auto digest = mac(bytes);
    return std::string(security::bytes(digest).substr(0, kBlock));
  }

  std::string claims(const Holder& holder, time::Timestamp now, std::chrono::seconds life, std::string_view jti) const {
    const auto issued_at = whole_seconds(now);
    std::string text;
    json::Writer writer(text);
    writer.begin_object();
    writer.field("userUuid", to_string(holder.uuid));
    writer.field("sid", sid_of(holder));
    if (!jti.empty()) writer.field("jti", jti);
    writer.field("iat", static_cast<std::int64_t>(issued_at.count()));
    writer.field("exp", static_cast<std::int64_t>((issued_at + life).count()));
    writer.end_object();
    return text;
  }

  std::optional<Holder> holder_of(const Payload& payload) const {
    const auto uuid = parse_uuid(payload.userUuid);
    const auto sid = security::base64url_decode(payload.sid);
    if (!uuid || !sid || sid->size() != kSid) return std::nullopt;
    const auto numbers = hidden(std::string_view(*sid).substr(0, kBlock), std::string_view(*sid).substr(kBlock));
    return Holder{{number_in(numbers)}, *uuid, number_in(std::string_view(numbers).substr(8))};
  }

  security::HmacTokens access, refresh;
  security::HmacSha256 names, hides, successors;
};

Tokens::Tokens(const Keys& keys) : inner_(std::make_unique<const Inner>(keys)) {}
Tokens::~Tokens() = default;

std::string Tokens::access_token(const Holder& holder, time::Timestamp now) const {
  return inner_->access.sign(inner_->claims(holder, now, kAccessTokenLife, {}));
}

std::optional<Holder> Tokens::read_access_token(std::string_view token, time::Timestamp now) const {
  const auto payload = read(inner_->access, token);
  if (!payload || payload->exp <= whole_seconds(now).count()) return std::nullopt;
  return inner_->holder_of(*payload);
}

std::string Tokens::first_refresh_token(const Holder& holder, time::Timestamp now) const {
  return inner_->refresh.sign(
      inner_->claims(holder, now, kSessionLife, security::base64url_encode(security::random_bytes(kBlock))));
}

std::string Tokens::successor_of(std::string_view token, const Holder& holder, time::Timestamp used_at) const {
  const auto jti = security::base64url_encode(Inner::first(inner_->successors, token));
  return inner_->refresh.sign(inner_->claims(holder, used_at, kSessionLife, jti));
}

std::optional<Tokens::RefreshToken> Tokens::read_refresh_token(std::string_view token) const {
  const auto payload = read(inner_->refresh, token);
  const auto holder = payload ? inner_->holder_of(*payload) : std::nullopt;
  if (!holder) return std::nullopt;
  return RefreshToken{*holder, time::Timestamp(std::chrono::seconds(payload->iat))};
}

std::string stored_form(std::string_view token) {
  return security::base64url_encode(security::bytes(security::sha256(token)));
}

std::string_view bare(std::string_view credentials) {
  constexpr std::string_view kBearer = "Bearer ";
  constexpr int kMost = 2;
  for (int i = 0; i < kMost && text::starts_ignoring_case(credentials, kBearer); ++i) {
    credentials.remove_prefix(kBearer.size());
  }
  return credentials;
}

}  // namespace dontgoback::walk::walkers
