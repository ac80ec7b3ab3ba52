#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "accounts/accounts.hpp"
#include "feed/feed.hpp"

namespace dontgoback::core::notifications {

using Kind = accounts::NotificationKind;

/// Whose and how recent a notification is: counts from 1 for each account, so it tells nothing of others, and what is
/// told later has a higher one.
using Number = std::int64_t;

/// What notifications are drawn together by, while they are unread.
struct Target {
  UserId to;
  Kind kind;
  feed::PostId post;
  /// What is liked or replied to; nothing when that is the post.
  std::optional<feed::CommentId> comment;
};

/// Who did something, as it is kept with what somebody was told of it: an account, or an unlinked face in the thread of
/// the target's post, which is one of accounts::kUnlinked. Whose that is nothing here says.
struct Person {
  static constexpr std::int64_t kNoFace = -1;

  UserId account;
  std::int64_t face = kNoFace;
};

/// The topic of shared::State that is told which account has news: its id.
inline constexpr std::string_view kNewsTopic = "notifications/news";

/// The topic that is told that something was said to everybody.
inline constexpr std::string_view kNoticeTopic = "notifications/notice";

/// One line of the list. Views are valid while the row is being read.
struct Notification {
  Number number;
  Kind kind;
  std::optional<feed::PostId> post;
  std::optional<feed::CommentId> comment;  ///< to be shown: the newest one, or the one that is liked
  std::string_view name;                   ///< who did it last, by the name of that day
  std::string_view words;                  ///< of a kind that says something itself
  std::string_view words_en;
  std::int64_t people;  ///< how many did it, ≥ 1
  bool read;
  time::Timestamp created_at;  ///< of the last of them
};

/// An account keeps so many; the oldest go.
inline constexpr int kKept = 300;
/// And remembers the people of so many of its latest events, so that nobody is counted twice.
inline constexpr int kRemembered = 500;
/// Unread ones are counted up to this.
inline constexpr int kCounted = 100;
/// What is older is removed.
inline constexpr time::Timestamp::duration kLife = std::chrono::days(90);

}  // namespace dontgoback::core::notifications
