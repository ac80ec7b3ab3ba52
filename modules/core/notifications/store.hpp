#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "model.hpp"

// SQL of the notifications, of the people of the latest events, and of each account's counter.
namespace dontgoback::core::notifications {

/// The account's next number. Nobody else tells the account anything until the transaction ends.
Number next_number(storage::Connection& connection, UserId user);

/// What is drawn together and has not been read.
struct Open {
  Number number;
  Number began;  ///< the number of its first event
  std::int64_t people;
};
std::optional<Open> find_open(storage::Connection& connection, const Target& target);

struct Event {
  Number number;
  std::optional<feed::CommentId> comment;  ///< which led to it, to be shown
  std::string_view name;
  time::Timestamp now;
};
void add(storage::Connection& connection, const Target& target, const Event& event);

struct Said {
  std::string_view words;
  std::optional<std::string_view> words_en;
  std::optional<feed::PostId> post;
  std::optional<feed::CommentId> comment;
  time::Timestamp now;
};
/// One that is drawn together with nothing; `words` are for who reads Korean, and for all when there are no others.
void add_words(storage::Connection& connection, UserId user, Kind kind, const Said& said);
/// `people` more.
void extend(storage::Connection& connection, const Target& target, const Open& open, const Event& event, int people);
/// One of its people less, and `name` the last of the others.
void shrink(storage::Connection& connection, const Target& target, const Open& open, std::string_view name);
void drop(storage::Connection& connection, UserId user, Number number);
/// Shows the post instead of a comment.
void forget_comment(storage::Connection& connection, UserId user, Number number);

/// What an account was told that another one did, as far as that is remembered; of its unlinked faces nothing.
struct ToldOf {
  Target target;
  Number number;  ///< of the last time
};
std::vector<ToldOf> told_of(storage::Connection& connection, UserId user, UserId who);
/// What an event was drawn together with, read or not.
std::optional<Open> find_holding(storage::Connection& connection, const Target& target, Number event);

/// Leaves the newest kKept.
void drop_surplus(storage::Connection& connection, UserId user);

/// The number of the last event of `who` there, if that is remembered.
std::optional<Number> find_person(storage::Connection& connection, const Target& target, const Person& who);
/// The name of the last of those since `began`.
std::optional<std::string> last_person(storage::Connection& connection, const Target& target, Number began);
/// Also forgets those of events that were kRemembered ago.
void remember_person(storage::Connection& connection, const Target& target, const Person& who, const Event& event);
void forget_person(storage::Connection& connection, const Target& target, const Person& who);

/// A page of what there still is to be seen, numbers below `before`, the newest first.
void each_notification(storage::Connection& connection, UserId user, Number before, int size,
                       const std::function<void(const Notification&)>& row);
/// The same above `after`, the oldest first, `limit` at most.
void each_since(storage::Connection& connection, UserId user, Number after, int limit,
                const std::function<void(const Notification&)>& row);
/// How many of these are unread: at most kCounted.
std::int64_t count_unread(storage::Connection& connection, UserId user);
/// The number of the last thing that an account was told; 0 when it never was.
Number last_number(storage::Connection& connection, UserId user);
struct LastNumber {
  UserId user;
  Number number;
};
/// The same of those of some accounts that were told something.
std::vector<LastNumber> last_numbers(storage::Connection& connection, std::span<const UserId> users);
void mark_read(storage::Connection& connection, UserId user, Number up_to);

/// What `from` was told becomes `to`'s, as the latest.
void hand_over(storage::Connection& connection, UserId from, UserId to);
/// Forgets that the account did something, up to a transaction's worth; whether nothing is left. What its unlinked
/// faces did stays, as they do.
bool forget_some_of(storage::Connection& connection, UserId who);
void delete_all_of(storage::Connection& connection, UserId user);
std::int64_t delete_told_within(storage::Connection& connection, const time::Span& span, int limit);
std::int64_t delete_people_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::core::notifications
