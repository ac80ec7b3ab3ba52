#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace dontgoback::core::accounts {

/// What somebody is told of (contract, section 6). The number is the column's.
enum class NotificationKind {
  feed_like = 0,
  comment = 1,
  reply = 2,
  comment_like = 3,
  day = 4,  ///< how its fortune moved
  system = 5,
  moderation = 6,
};

/// Those that can be switched off each. One is told of one's day at a time of one's choice, or not.
inline constexpr std::array kNotificationKinds{NotificationKind::feed_like, NotificationKind::comment,
                                               NotificationKind::reply, NotificationKind::comment_like};

/// `FEED_LIKE`, `COMMENT`, `REPLY`, `COMMENT_LIKE`, `DAY`, `SYSTEM` or `MODERATION`.
std::string_view to_string(NotificationKind kind);

/// The kinds that an account does not want: none at first. The number is the column's, a bit for each kind.
struct MutedKinds {
  std::int64_t bits = 0;

  constexpr bool has(NotificationKind kind) const { return (bits & bit(kind)) != 0; }
  constexpr void set(NotificationKind kind, bool muted) { bits = muted ? bits | bit(kind) : bits & ~bit(kind); }

  friend bool operator==(MutedKinds, MutedKinds) = default;

 private:
  static constexpr std::int64_t bit(NotificationKind kind) { return std::int64_t{1} << static_cast<int>(kind); }
};

}  // namespace dontgoback::core::accounts
