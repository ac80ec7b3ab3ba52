#include "store.hpp"

#include "dontgoback/storage/planned.hpp"
#include "expiry/expiry.hpp"
#include "notifications.hpp"

namespace dontgoback::core::notifications {
namespace {

using storage::args;
using storage::Connection;
using storage::Dialect;
using storage::Planned;

constexpr int kForgottenAtOnce = 500;

/// A post that is gone takes along what was told of it; a comment that is gone does when nobody else's is behind it.
/// What says something itself stays: one is told of what was hidden, too.
const std::string kStillThere = "(n.kind >= 4 OR (" + feed::shows_post("n.feed_id", "n.user_id", "p") +
                                " AND (n.comment_id IS NULL OR (n.times > 1 AND n.kind <> 3) OR " +
                                feed::shows_comment("n.comment_id", "n.user_id", "c") + ")))";

std::string rows(std::string_view which, std::string_view order) {
  return "SELECT n.number, n.kind, n.feed_id, CASE WHEN n.kind >= 4 OR " +
         feed::shows_comment("n.comment_id", "n.user_id", "k") +
         " THEN n.comment_id END, n.name, n.words, n.words_en, n.people, n.seen, n.created_at FROM notifications n "
         "{PRIMARY} WHERE n.user_id = :user_id AND n.number " +
         std::string(which) + " AND " + kStillThere + " ORDER BY n.number" + std::string(order) + " LIMIT :size";
}

const Planned kPage("notifications/page", rows("< :before", " DESC"));
const Planned kSince("notifications/since", rows("> :after", ""));
const Planned kUnread("notifications/unread",
                      "SELECT COUNT(*) FROM (SELECT n.number FROM notifications n {notifications_open} WHERE "
                      "n.user_id = :user_id AND n.seen = 0 AND " +
                          kStillThere + " LIMIT :counted) unread");
const Planned kOpen("notifications/open",
                    "SELECT number, began, people FROM notifications {notifications_open} WHERE user_id = :user_id AND "
                    "seen = 0 AND kind = :kind AND feed_id = :feed_id AND about = :about ORDER BY number DESC LIMIT 1");
const Planned kMarkRead(
    "notifications/mark-read",
    "UPDATE notifications {notifications_open} SET seen = 1 WHERE user_id = :user_id AND number <= :up_to AND "
    "seen = 0");
const Planned kSurplus("notifications/surplus",
                       "SELECT number FROM notifications {PRIMARY} WHERE user_id = :user_id ORDER BY number DESC LIMIT "
                       "1 OFFSET :kept");
const Planned kDropSurplus("notifications/drop-surplus",
                           "DELETE FROM notifications {PRIMARY} WHERE user_id = :user_id AND number <= :number");
const Planned kDropAll("notifications/drop-all",
                       "DELETE FROM notifications {notifications_open} WHERE user_id = :user_id");
const Planned kHandOver(
    "notifications/hand-over",
    "UPDATE notifications {notifications_open} SET user_id = :to, number = number + :more, began = began + "
    ":more_too WHERE user_id = :from");

const Planned kLastPerson(
    "notifications/last-person",
    "SELECT name FROM notification_people {notification_people_by_target} WHERE user_id = :user_id AND kind = :kind "
    "AND feed_id = :feed_id AND about = :about AND number >= :began ORDER BY number DESC LIMIT "
    "1");
const Planned kToldOf("notifications/told-of-person",
                      "SELECT kind, feed_id, about, number FROM notification_people {PRIMARY} WHERE person_id = "
                      ":person_id AND user_id = :user_id");
const Planned kHolding("notifications/holding",
                       "SELECT number, began, people FROM notifications {PRIMARY} WHERE user_id = :user_id AND number "
                       ">= :number AND began <= :event AND kind = :kind AND feed_id = :feed_id AND about = :about "
                       "ORDER BY number LIMIT 1");
const Planned kForgetOld("notifications/forget-old",
                         "DELETE FROM notification_people {notification_people_by_number} WHERE user_id = :user_id AND "
                         "number <= :number");
const Planned kForgetAll("notifications/forget-all",
                         "DELETE FROM notification_people {notification_people_by_number} WHERE user_id = :user_id");
const Planned kSomeOf("notifications/some-of-person",
                      "SELECT user_id, kind, feed_id, about FROM notification_people {PRIMARY} "
                      "WHERE person_id = :person_id LIMIT :limit");

const expiry::Slices kTold("notifications/purge", "notifications/purge-bound", "notifications", "created_at",
                           "notifications_by_moment");
const expiry::Slices kPeople("notification-people/purge", "notification-people/purge-bound", "notification_people",
                             "created_at", "notification_people_by_moment");

std::int64_t about(const Target& target) { return target.comment ? target.comment->value : 0; }
int kind(const Target& target) { return static_cast<int>(target.kind); }

}  // namespace

Number next_number(Connection& connection, UserId user) {
  connection.notify(kNewsTopic, std::to_string(user.value));
  connection.execute(
      connection.dialect() == Dialect::sqlite
          ? "INSERT INTO notification_counters (user_id, last_number) VALUES (:user_id, 1) ON CONFLICT (user_id) DO "
            "UPDATE SET last_number = last_number + 1"
          : "INSERT INTO notification_counters (user_id, last_number) VALUES (:user_id, 1) ON DUPLICATE KEY UPDATE "
            "last_number = last_number + 1",
      user);
  return std::get<0>(
      connection.one<Number>("SELECT last_number FROM notification_counters WHERE user_id = :user_id", user).value());
}

std::optional<Open> find_open(Connection& connection, const Target& target) {
  const auto row = connection.one<Number, Number, std::int64_t>(kOpen.on(connection), target.to, kind(target),
                                                                target.post, about(target));
  if (!row) return std::nullopt;
  return Open{std::get<0>(*row), std::get<1>(*row), std::get<2>(*row)};
}

void add(Connection& connection, const Target& target, const Event& event) {
  connection.execute(
      "INSERT INTO notifications (user_id, number, kind, feed_id, about, comment_id, name, people, times, began, seen, "
      "created_at) VALUES (:user_id, :number, :kind, :feed_id, :about, :comment_id, :name, 1, 1, :began, 0, "
      ":created_at)",
      target.to, event.number, kind(target), target.post, about(target), event.comment, event.name, event.number,
      event.now);
}

void add_words(Connection& connection, UserId user, Kind kind, const Said& said) {
  const auto number = next_number(connection, user);
  connection.execute(
      "INSERT INTO notifications (user_id, number, kind, feed_id, about, comment_id, name, words, words_en, people, "
      "times, began, seen, created_at) VALUES (:user_id, :number, :kind, :feed_id, 0, :comment_id, '', :words, "
      ":words_en, 1, 1, :began, 0, :created_at)",
      user, number, static_cast<int>(kind), said.post.value_or(feed::PostId{}), said.comment, said.words, said.words_en,
      number, said.now);
  drop_surplus(connection, user);
}

void extend(Connection& connection, const Target& target, const Open& open, const Event& event, int people) {
  connection.execute(
      "UPDATE notifications SET number = :number, comment_id = :comment_id, name = :name, people = people + :people, "
      "times = times + 1, created_at = :created_at WHERE user_id = :user_id AND number = :old",
      event.number, event.comment, event.name, people, event.now, target.to, open.number);
}

void shrink(Connection& connection, const Target& target, const Open& open, std::string_view name) {
  connection.execute(
      "UPDATE notifications SET name = :name, people = people - 1, times = times - 1 WHERE user_id = :user_id AND "
      "number = :number",
      name, target.to, open.number);
}

void drop(Connection& connection, UserId user, Number number) {
  connection.execute("DELETE FROM notifications WHERE user_id = :user_id AND number = :number", user, number);
}

std::vector<ToldOf> told_of(Connection& connection, UserId user, UserId who) {
  std::vector<ToldOf> found;
  connection.each(
      kToldOf.on(connection), args(who, user), [&](int kind, feed::PostId post, std::int64_t about, Number number) {
        found.push_back(
            {{user, static_cast<Kind>(kind), post, about != 0 ? std::optional(feed::CommentId{about}) : std::nullopt},
             number});
      });
  return found;
}

std::optional<Open> find_holding(Connection& connection, const Target& target, Number event) {
  const auto row = connection.one<Number, Number, std::int64_t>(kHolding.on(connection), target.to, event, event,
                                                                kind(target), target.post, about(target));
  if (!row) return std::nullopt;
  return Open{std::get<0>(*row), std::get<1>(*row), std::get<2>(*row)};
}

void forget_comment(Connection& connection, UserId user, Number number) {
  connection.execute("UPDATE notifications SET comment_id = NULL WHERE user_id = :user_id AND number = :number", user,
                     number);
}

void drop_surplus(Connection& connection, UserId user) {
  if (const auto oldest = connection.one<Number>(kSurplus.on(connection), user, kKept)) {
    connection.execute(kDropSurplus.on(connection), user, std::get<0>(*oldest));
  }
}

std::optional<Number> find_person(Connection& connection, const Target& target, const Person& who) {
  const auto row = connection.one<Number>(
      "SELECT number FROM notification_people WHERE user_id = :user_id AND kind = :kind AND feed_id = :feed_id AND "
      "about = :about AND person_id = :person_id AND face = :face",
      target.to, kind(target), target.post, about(target), who.account, who.face);
  return row ? std::optional(std::get<0>(*row)) : std::nullopt;
}

std::optional<std::string> last_person(Connection& connection, const Target& target, Number began) {
  const auto row = connection.one<std::string>(kLastPerson.on(connection), target.to, kind(target), target.post,
                                               about(target), began);
  return row ? std::optional(std::get<0>(*row)) : std::nullopt;
}

void remember_person(Connection& connection, const Target& target, const Person& who, const Event& event) {
  forget_person(connection, target, who);
  connection.execute(
      "INSERT INTO notification_people (user_id, kind, feed_id, about, person_id, face, number, name, created_at) "
      "VALUES (:user_id, :kind, :feed_id, :about, :person_id, :face, :number, :name, :created_at)",
      target.to, kind(target), target.post, about(target), who.account, who.face, event.number, event.name, event.now);
  connection.execute(kForgetOld.on(connection), target.to, event.number - kRemembered);
}

void forget_person(Connection& connection, const Target& target, const Person& who) {
  connection.execute(
      "DELETE FROM notification_people WHERE user_id = :user_id AND kind = :kind AND feed_id = :feed_id AND about = "
      ":about AND person_id = :person_id AND face = :face",
      target.to, kind(target), target.post, about(target), who.account, who.face);
}

namespace {

void each_of(Connection& connection, const storage::Planned& which, UserId user, Number bound, int size,
             const std::function<void(const Notification&)>& row) {
  connection.each(
      which.on(connection), args(user, bound, size),
      [&row](Number number, int kind, feed::PostId post, std::optional<feed::CommentId> comment, std::string_view name,
             std::optional<std::string_view> words, std::optional<std::string_view> words_en, std::int64_t people,
             bool read, time::Timestamp created_at) {
        row({number, static_cast<Kind>(kind), post.value > 0 ? std::optional(post) : std::nullopt, comment, name,
             words.value_or(""), words_en.value_or(words.value_or("")), people, read, created_at});
      });
}

}  // namespace

void each_notification(Connection& connection, UserId user, Number before, int size,
                       const std::function<void(const Notification&)>& row) {
  each_of(connection, kPage, user, before, size, row);
}

void each_since(Connection& connection, UserId user, Number after, int limit,
                const std::function<void(const Notification&)>& row) {
  each_of(connection, kSince, user, after, limit, row);
}

std::vector<Own> own_notifications(Connection& connection, UserId user, Number after, int limit) {
  std::vector<Own> found;
  each_since(connection, user, after, limit, [&found](const Notification& one) {
    found.push_back({one.number, one.kind, one.post, one.comment, std::string(one.name), std::string(one.words),
                     one.people, one.read, one.created_at});
  });
  return found;
}

std::int64_t count_unread(Connection& connection, UserId user) {
  return std::get<0>(connection.one<std::int64_t>(kUnread.on(connection), user, kCounted).value());
}

void mark_read(Connection& connection, UserId user, Number up_to) {
  if (connection.execute(kMarkRead.on(connection), user, up_to) == 0) return;
  connection.notify(kNewsTopic, std::to_string(user.value));
}

void hand_over(Connection& connection, UserId from, UserId to) {
  const auto last =
      connection.one<Number>("SELECT last_number FROM notification_counters WHERE user_id = :user_id", from);
  if (!last) return;
  const auto before = next_number(connection, to);
  connection.execute("UPDATE notification_counters SET last_number = last_number + :more WHERE user_id = :user_id",
                     std::get<0>(*last), to);
  connection.execute(kHandOver.on(connection), to, before, before, from);
}

bool forget_some_of(Connection& connection, UserId who) {
  std::vector<Target> told;
  connection.each(kSomeOf.on(connection), args(who, kForgottenAtOnce),
                  [&told](UserId to, int kind, feed::PostId post, std::int64_t about) {
                    told.push_back({to, static_cast<Kind>(kind), post,
                                    about != 0 ? std::optional(feed::CommentId{about}) : std::nullopt});
                  });
  for (const auto& target : told) forget_person(connection, target, {who});
  return told.size() < kForgottenAtOnce;
}

void delete_all_of(Connection& connection, UserId user) {
  connection.execute(kDropAll.on(connection), user);
  connection.execute(kForgetAll.on(connection), user);
  connection.execute("DELETE FROM notification_counters WHERE user_id = :user_id", user);
}

std::int64_t delete_told_within(Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kTold, span, limit);
}

std::int64_t delete_people_within(Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kPeople, span, limit);
}

}  // namespace dontgoback::core::notifications
