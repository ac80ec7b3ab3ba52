#pragma once

#include <array>
#include <string_view>

#include "dontgoback/http/muted_kinds.hpp"

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

using MutedKinds = http::MutedKinds<NotificationKind>;

}  // namespace dontgoback::core::accounts
