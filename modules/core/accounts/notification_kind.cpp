#include "notification_kind.hpp"

namespace dontgoback::core::accounts {

std::string_view to_string(NotificationKind kind) {
  switch (kind) {
    case NotificationKind::feed_like:
      return "FEED_LIKE";
    case NotificationKind::comment:
      return "COMMENT";
    case NotificationKind::reply:
      return "REPLY";
    case NotificationKind::comment_like:
      return "COMMENT_LIKE";
    case NotificationKind::day:
      return "DAY";
    case NotificationKind::system:
      return "SYSTEM";
    case NotificationKind::moderation:
      break;
  }
  return "MODERATION";
}

}  // namespace dontgoback::core::accounts
