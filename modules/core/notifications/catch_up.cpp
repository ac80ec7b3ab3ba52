#include "catch_up.hpp"

#include "assets/assets.hpp"
#include "notice_store.hpp"
#include "push_subscriptions/push_subscriptions.hpp"
#include "pushing.hpp"
#include "store.hpp"
#include "words.hpp"

namespace dontgoback::core::notifications {
namespace {

using storage::Connection;

/// Of today and the day before, once it is time; nothing when it is not, was told, or is not known yet.
std::optional<std::array<accounts::Fortune, 2>> day_due(Connection& connection, UserId user, const Known& known,
                                                        const Moment& moment) {
  // Another day than the one told last, not a later one: that may have been a wrong clock's.
  if (known.last_day == moment.day) return std::nullopt;
  const auto settings = accounts::find_settings(connection, user);
  if (!settings || !settings->day_at || moment.minute < *settings->day_at) return std::nullopt;
  constexpr std::chrono::days kTwo(2);
  const auto days = assets::own_days(connection, user, moment.day - kTwo, moment.day, kTwo.count());
  if (days.size() != 2 || days.back().day != moment.day) return std::nullopt;
  return std::array{days.front().fortune, days.back().fortune};
}

bool is_behind(Connection& connection, UserId user, const Moment& moment) {
  const auto known = find_known(connection, user);
  return !notices_after(connection, user, known.last_notice).empty() ||
         day_due(connection, user, known, moment).has_value();
}

void bring_up(Connection& connection, UserId user, const Moment& moment) {
  auto known = hold_known(connection, user);
  std::optional<time::Timestamp> said;
  for (const auto& notice : notices_after(connection, user, known.last_notice)) {
    add_words(connection, user, Kind::system, {notice.words, notice.words_en, {}, {}, notice.at});
    known.last_notice = notice.id;
    said = notice.at;
  }
  // Of several the last one alone; what was said long ago does not sound.
  if (said && moment.now - *said < push_subscriptions::kUse) {
    push_said(connection, user, Kind::system, known.last_notice, moment.now);
  }
  if (const auto due = day_due(connection, user, known, moment)) {
    const auto words = words_of_day((*due)[0].amount, (*due)[1].amount);
    add_words(connection, user, Kind::day, {words.ko, words.en, {}, {}, moment.now});
    known.last_day = moment.day;
    push_said(connection, user, Kind::day, moment.day.number(), moment.now);
  }
  keep_known(connection, user, known);
}

}  // namespace

Moment moment_of(const time::Clock& clock, const time::Zone& zone) {
  const auto now = clock.now();
  return {now, zone.day_of(now), accounts::minute_of_day(zone, now)};
}

void catch_up(storage::Database& database, std::span<const UserId> users, const Moment& moment) {
  std::vector<UserId> behind;
  database.read([&](Connection& connection) {
    for (const auto user : users) {
      if (is_behind(connection, user, moment)) behind.push_back(user);
    }
  });
  for (const auto user : behind) {
    database.write([&](Connection& connection) {
      if (accounts::hold_account(connection, user)) bring_up(connection, user, moment);
    });
  }
}

}  // namespace dontgoback::core::notifications
