#include "words.hpp"

namespace dontgoback::core::notifications {
namespace {

/// What who did it did, after their names.
Message what(Kind kind) {
  switch (kind) {
    case Kind::feed_like:
      return {"회원님의 글을 좋아합니다.", "liked your post."};
    case Kind::comment:
      return {"회원님의 글에 댓글을 남겼습니다.", "commented on your post."};
    case Kind::reply:
      return {"회원님의 댓글에 답글을 남겼습니다.", "replied to your comment."};
    default:
      break;
  }
  return {"회원님의 댓글을 좋아합니다.", "liked your comment."};
}

}  // namespace

Message pushed_text(Kind kind) {
  switch (kind) {
    case Kind::feed_like:
      return {"누군가 회원님의 글을 좋아합니다.", "Somebody liked your post."};
    case Kind::comment:
      return {"누군가 회원님의 글에 댓글을 남겼습니다.", "Somebody commented on your post."};
    case Kind::reply:
      return {"누군가 회원님의 댓글에 답했습니다.", "Somebody replied to your comment."};
    case Kind::comment_like:
      return {"누군가 회원님의 댓글을 좋아합니다.", "Somebody liked your comment."};
    case Kind::day:
      return {"오늘 자산이 어떻게 바뀌었는지 확인해 보세요.", "See how your day moved."};
    case Kind::system:
      return {"알려 드릴 것이 있습니다.", "There is something to tell you."};
    default:
      break;
  }
  return {"새 알림이 있습니다.", "There is a new notification."};
}

DayWords words_of_day(Won before, Won today) {
  std::string change;
  if (before.value > 0) {
    // Hundredths of a per cent, half up, away from 0.
    const auto difference = today.value - before.value;
    const auto size = static_cast<std::int64_t>(
        (static_cast<Wide>(difference < 0 ? -difference : difference) * 20'000 / before.value + 1) / 2);
    const auto sign = difference < 0 ? "−" : difference > 0 ? "+" : "";
    const auto rest = std::to_string(size % 100);
    change = std::string(" (") + sign + std::to_string(size / 100) + "." + (rest.size() < 2 ? "0" : "") + rest + " %)";
  }
  const auto from = accounts::name_of(before);
  const auto to = accounts::name_of(today);
  return {"어제 " + from + " → 오늘 " + to + change, "Yesterday " + from + " → today " + to + change};
}

std::string text_of(const Notification& notification, http::Language language) {
  if (!notification.words.empty()) {
    return std::string(language == http::Language::en ? notification.words_en : notification.words);
  }
  const auto others = notification.people - 1;
  // Of an unlinked face of which no name is told.
  std::string text(notification.name.empty() ? http::in(language, accounts::kNoName) : notification.name);
  if (language == http::Language::en) {
    if (others == 1) text += " and one other";
    if (others > 1) text += " and " + std::to_string(others) + " others";
  } else {
    text += "님";
    if (others > 0) text += " 외 " + std::to_string(others) + "명";
    text += "이";
  }
  return text.append(" ").append(http::in(language, what(notification.kind)));
}

}  // namespace dontgoback::core::notifications
