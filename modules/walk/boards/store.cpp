#include "store.hpp"

#include <algorithm>

#include "dontgoback/storage/planned.hpp"
#include "friends/friends.hpp"
#include "own_day.hpp"
#include "steps/fragments.hpp"

namespace dontgoback::walk::boards {
namespace {

using storage::args;
using storage::Connection;
using storage::Planned;

/// Whose steps others are shown.
std::string is_shown() { return walkers::is_active("w") + " AND " + walkers::shares_steps("w"); }

/// Of those whom `from` begins with, `walker` being the column of their ids: one day each, the row itself.
std::string today_of(const std::string& from, std::string_view walker, const std::string& where) {
  return "SELECT w.id, w.uuid, w.nickname, d.total, d.reached_at, CASE WHEN d.confidence < :least THEN d.total ELSE 0 "
         "END " +
         from + walkers::planned_join("w", walker) + " " + steps::planned_left_join("d", walker, own_day("to")) +
         " WHERE " + where + " AND " + is_shown() + " LIMIT :limit";
}
/// The same of several days, added up.
std::string days_of(const std::string& from, std::string_view walker, const std::string& where) {
  return "SELECT w.id, w.uuid, w.nickname, SUM(d.total), MAX(d.reached_at), SUM(CASE WHEN d.confidence < :least THEN "
         "d.total ELSE 0 END) " +
         from + walkers::planned_join("w", walker) + " " +
         steps::planned_left_join_days("d", walker, own_day("from"), own_day("to")) + " WHERE " + where + " AND " +
         is_shown() + " GROUP BY " + std::string(walker) + " LIMIT :limit";
}

const Planned kFriendsToday("boards/friends-today",
                            today_of(friends::planned_friends(), "f.other_id", friends::is_friend_of()));
const Planned kFriendsDays("boards/friends-days",
                           days_of(friends::planned_friends(), "f.other_id", friends::is_friend_of()));
const Planned kGroupToday("boards/group-today",
                          today_of(groups::planned_members(), "m.walker_id", groups::is_member_of()));
const Planned kGroupDays("boards/group-days",
                         days_of(groups::planned_members(), "m.walker_id", groups::is_member_of()));

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

auto into(std::vector<Entry>& entries) {
  return
      [&entries](WalkerId other, std::string_view uuid, std::string_view nickname, Number steps, Number reached_at,
                 Number doubtful) { entries.push_back(entry_of(other, uuid, nickname, steps, reached_at, doubtful)); };
}

/// `of`: whose friends, or the group.
template <class Of>
void read(Connection& connection, const Planned& statement, const Looking& looking, Of of, std::int64_t most,
          std::vector<Entry>& entries) {
  const auto by_clock = days_by_clock(looking.period, looking.now);
  const auto& [before, same, after] = by_clock.days;
  if (looking.period == Period::today) {
    connection.each(
        statement.on(connection),
        args(looking.least_confidence, by_clock.before, before.to, by_clock.after, after.to, same.to, of, most),
        into(entries));
  } else {
    connection.each(statement.on(connection),
                    args(looking.least_confidence, by_clock.before, before.from, by_clock.after, after.from, same.from,
                         by_clock.before, before.to, by_clock.after, after.to, same.to, of, most),
                    into(entries));
  }
}

}  // namespace

std::vector<Entry> group_entries(Connection& connection, groups::GroupId group, const Looking& looking) {
  std::vector<Entry> entries;
  read(connection, looking.period == Period::today ? kGroupToday : kGroupDays, looking, group, groups::kMostMembers,
       entries);
  return entries;
}

Board friends_board(Connection& connection, WalkerId walker, const Looking& looking) {
  const auto own = walkers::find(connection, walker);
  if (!own) return {};
  Board board{looking.period, days_by_clock(looking.period, looking.now).of(own->offset_minutes), {}};
  const auto add = into(board.entries);
  read(connection, looking.period == Period::today ? kFriendsToday : kFriendsDays, looking, walker,
       friends::kMostFriends, board.entries);
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
