#include "store.hpp"

#include <algorithm>

#include "dontgoback/storage/planned.hpp"
#include "friends/friends.hpp"
#include "steps/fragments.hpp"

namespace dontgoback::walk::boards {
namespace {

using storage::args;
using storage::Connection;
using storage::Planned;

/// The day of the walker `w`, by its own clock: one of three that are parameters.
std::string own_day(const std::string& name) {
  return "CASE WHEN w.offset_minutes < :before_" + name + " THEN :" + name +
         "_before WHEN w.offset_minutes >= :after_" + name + " THEN :" + name + "_after ELSE :" + name + "_same END";
}

/// One day each: the row itself.
const Planned kFriendsToday(
    "boards/friends-today",
    "SELECT f.other_id, w.uuid, w.nickname, d.total, d.reached_at, CASE WHEN d.confidence < :least THEN d.total ELSE 0 "
    "END " +
        friends::planned_friends() + walkers::planned_join("w", "f.other_id") + " " +
        steps::planned_left_join("d", "f.other_id", own_day("to")) + " WHERE " + friends::is_friend_of() + " AND " +
        walkers::is_active("w") + " LIMIT :limit");

const Planned kFriendsDays(
    "boards/friends-days",
    "SELECT f.other_id, w.uuid, w.nickname, SUM(d.total), MAX(d.reached_at), SUM(CASE WHEN d.confidence < :least THEN "
    "d.total ELSE 0 END) " +
        friends::planned_friends() + walkers::planned_join("w", "f.other_id") + " " +
        steps::planned_left_join_days("d", "f.other_id", own_day("from"), own_day("to")) + " WHERE " +
        friends::is_friend_of() + " AND " + walkers::is_active("w") + " GROUP BY f.other_id LIMIT :limit");

const Planned kOwnDays(
    "boards/own-days",
    "SELECT SUM(d.total), MAX(d.reached_at), SUM(CASE WHEN d.confidence < :least THEN d.total ELSE 0 END) " +
        steps::planned_days("d") + " WHERE d.walker_id = :walker AND d.day >= :from AND d.day <= :until");

using Number = std::optional<std::int64_t>;  // of a sum over nothing

Entry entry_of(WalkerId walker, std::string_view uuid, std::string_view nickname, Number steps, Number reached_at,
               Number doubtful) {
  Entry entry;
  entry.walker = walker;
  std::copy_n(uuid.begin(), std::min(uuid.size(), entry.uuid.bytes.size()), entry.uuid.bytes.begin());
  entry.nickname = nickname;
  entry.steps = steps.value_or(0);
  entry.reached_at = entry.steps > 0 ? reached_at.value_or(0) : 0;
  entry.doubtful_steps = doubtful.value_or(0);
  return entry;
}

}  // namespace

Board friends_board(Connection& connection, WalkerId walker, const Looking& looking) {
  const auto by_clock = days_by_clock(looking.period, looking.now);
  const auto own = walkers::find(connection, walker);
  if (!own) return {};
  Board board{looking.period, by_clock.of(own->offset_minutes), {}};
  const auto add = [&board](WalkerId other, std::string_view uuid, std::string_view nickname, Number steps,
                            Number reached_at, Number doubtful) {
    board.entries.push_back(entry_of(other, uuid, nickname, steps, reached_at, doubtful));
  };
  const auto& [before, same, after] = by_clock.days;
  if (looking.period == Period::today) {
    connection.each(kFriendsToday.on(connection),
                    args(looking.least_confidence, by_clock.before, before.to, by_clock.after, after.to, same.to,
                         walker, friends::kMostFriends),
                    add);
  } else {
    connection.each(kFriendsDays.on(connection),
                    args(looking.least_confidence, by_clock.before, before.from, by_clock.after, after.from, same.from,
                         by_clock.before, before.to, by_clock.after, after.to, same.to, walker, friends::kMostFriends),
                    add);
  }
  const std::string_view uuid(reinterpret_cast<const char*>(own->uuid.bytes.data()), own->uuid.bytes.size());
  connection.each(kOwnDays.on(connection), args(looking.least_confidence, walker, board.days.from, board.days.to),
                  [&](Number steps, Number reached_at, Number doubtful) {
                    add(walker, uuid, own->nickname, steps, reached_at, doubtful);
                    board.entries.back().is_me = true;
                  });
  rank(board.entries);
  return board;
}

}  // namespace dontgoback::walk::boards
