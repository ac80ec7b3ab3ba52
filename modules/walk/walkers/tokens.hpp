#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/id.hpp"
#include "dontgoback/time/clock.hpp"
#include "keys.hpp"
#include "walkers.hpp"

// The tokens of walkers: what they look like. Those who have phones take them apart, so both are JWTs (RFC 7519) with
// `userUuid`, `sid`, `iat` and `exp`. Each has one use and no other: another `typ` and another key (RFC 8725 section
// 3.12).
namespace dontgoback::walk::walkers {

inline constexpr std::chrono::hours kAccessTokenLife{1};
inline constexpr std::chrono::hours kSessionLife{14 * 24};  ///< from its last renewal
inline constexpr std::chrono::seconds kRenewalGrace{30};    ///< a token's first use → its predecessor is theft

/// Signs and reads them (security::HmacTokens), under keys that only nodes of one database have, which each of them has
/// to have anyway to derive refresh tokens (docs/decisions/walker-tokens.md). Any thread.
class Tokens {
 public:
  explicit Tokens(const Keys& keys);
  ~Tokens();

  std::string access_token(const Holder& holder, time::Timestamp now) const;
  /// Nothing for what was not signed here as one, and for one whose time is over.
  std::optional<Holder> read_access_token(std::string_view token, time::Timestamp now) const;

  /// The first of a session. Two are never the same.
  std::string first_refresh_token(const Holder& holder, time::Timestamp now) const;
  /// The one after `token`, which was first used at `used_at`: the same one every time.
  std::string successor_of(std::string_view token, const Holder& holder, time::Timestamp used_at) const;
  struct RefreshToken {
    Holder holder;
    time::Timestamp issued_at;  ///< in whole seconds
  };
  /// Nothing for what was not signed here as one. One whose time is over is read all the same: whether it is beyond
  /// doubt, the caller judges.
  std::optional<RefreshToken> read_refresh_token(std::string_view token) const;

 private:
  struct Inner;
  std::unique_ptr<const Inner> inner_;
};

/// What the database keeps of a token: base64url of its SHA-256.
std::string stored_form(std::string_view token);

/// Without `Bearer `, which some clients write twice.
std::string_view bare(std::string_view credentials);

}  // namespace dontgoback::walk::walkers
