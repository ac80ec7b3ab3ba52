#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/http/identity.hpp"
#include "dontgoback/security/jose/signing_key.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "sessions.hpp"

// The tokens of this part: what they look like. Each has one use and no other (RFC 8725 section 3.12).
namespace dontgoback::core::sessions {

inline constexpr std::chrono::hours kAccessTokenLife{2};
inline constexpr std::chrono::seconds kRenewalGrace{30};  ///< a token's first use → its predecessor is theft

/// HMAC-SHA256 of both texts, as base64url. `use` ends with `|`, so that no two uses have the same.
std::string keyed(std::string_view key, std::string_view use, std::string_view text);

/// `aud` of access tokens. Service tokens carry another one, so neither passes for the other.
inline constexpr std::string_view kWebAudience = "urn:dontgoback:web";

/// A session's access token (contract, section 2), signed. Two are never the same.
std::string access_token(const security::SigningKey& key, std::string_view issuer, const http::Identity& identity,
                         time::Timestamp now);

/// Whether what ends at `expires_at`, a `life` after it was written, has ended beyond doubt.
inline bool is_past(time::Timestamp expires_at, time::Timestamp::duration life, const time::Clock& clock,
                    const time::ClockTrust& trust) {
  return expires_at <= clock.now() && trust.older_than(life, expires_at - life);
}

/// The refresh token after this one: the same one every time, and not to be told without the key. It names its session
/// and proves that it does, so that no row is needed to know whose session an old one would have gone on with.
std::string successor_of(std::string_view refresh_key, std::string_view token, std::int64_t session);

/// The session that such a token names. Nothing for a session's first token, which says nothing, and for what the key
/// has not made.
std::optional<std::int64_t> session_named_by(std::string_view refresh_key, std::string_view token);

/// What the database keeps of a refresh token: of one that names its session it begins with a dot.
std::string stored_refresh_token(std::string_view token);

}  // namespace dontgoback::core::sessions
