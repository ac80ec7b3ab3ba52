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
      break;
  }
  return "COMMENT_LIKE";
}

}  // namespace dontgoback::core::accounts
