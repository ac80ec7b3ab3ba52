#include "store.hpp"

#include <algorithm>
#include <array>

#include "dontgoback/storage/planned.hpp"
#include "friends/friends.hpp"

namespace dontgoback::walk::goals {
namespace {

using storage::args;
using storage::Connection;
using storage::Dialect;
using storage::Planned;

const Planned kAfter("walk-goals/after",
                     "SELECT from_day, steps, grace FROM walk_goals {PRIMARY} WHERE walker_id = :walker AND from_day > "
                     ":day ORDER BY from_day");
const Planned kOn("walk-goals/on",
                  "SELECT from_day, steps, grace FROM walk_goals {PRIMARY} WHERE walker_id = :walker AND from_day <= "
                  ":day ORDER BY from_day DESC LIMIT 1");
const Planned kDropAfter("walk-goals/drop-after",
                         "DELETE FROM walk_goals {PRIMARY} WHERE walker_id = :walker AND from_day > :day");
const Planned kDropAll("walk-goals/drop-all", "DELETE FROM walk_goals {PRIMARY} WHERE walker_id = :walker");
const Planned kHandOver("walk-goals/hand-over",
                        "UPDATE walk_goals {PRIMARY} SET walker_id = :to WHERE walker_id = :from");
const Planned kWalked("walk-goals/walked", "SELECT d.day, d.total " + steps::planned_days() +
                                               "WHERE d.walker_id = :walker AND d.day >= :from_day AND d.day <= "
                                               ":to_day ORDER BY d.day");
const Planned kSharing("walk-goals/sharing-friends",
                       "SELECT f.other_id " + friends::planned_friends() + walkers::planned_join("w", "f.other_id") +
                           " CROSS JOIN walk_goal_choices c {PRIMARY} ON c.walker_id = f.other_id WHERE " +
                           friends::is_friend_of() + " AND c.shared = 1 AND " + walkers::is_active("w"));

std::string changed_rows() {
  std::string rows;
  for (std::size_t i = 0; i < kChangesAtOnce; ++i) {
    const auto n = std::to_string(i);
    rows += (i == 0 ? "(" : ", (") + n + ", :w" + n + ", :d" + n + ")";
  }
  return rows;
}
const Planned kNotTold("walk-goals/not-told", "WITH v (place, id, day) AS (VALUES " + changed_rows() +
                                                  ") SELECT v.place FROM v CROSS JOIN walk_goal_choices c {PRIMARY} ON "
                                                  "c.walker_id = v.id WHERE v.id > 0 AND c.told_day < v.day");

}  // namespace

std::vector<Goal> goals_of(Connection& connection, WalkerId walker, time::Day from) {
  std::vector<Goal> goals;
  if (const auto first = goal_on(connection, walker, from)) goals.push_back(*first);
  connection.each(kAfter.on(connection), args(walker, from), [&](time::Day day, std::int64_t steps, bool grace) {
    goals.push_back({day, steps, grace});
  });
  return goals;
}

std::optional<Goal> goal_on(Connection& connection, WalkerId walker, time::Day day) {
  const auto row = connection.one<time::Day, std::int64_t, bool>(kOn.on(connection), walker, day);
  if (!row) return std::nullopt;
  return Goal{std::get<0>(*row), std::get<1>(*row), std::get<2>(*row)};
}

std::int64_t least_on(Connection& connection, WalkerId walker, time::Day day) {
  const auto row = connection.one<std::int64_t>(
      "SELECT least FROM walk_goals WHERE walker_id = :walker AND from_day = :day", walker, day);
  return row ? std::get<0>(*row) : goal_on(connection, walker, day).value_or(Goal{}).steps;
}

void put_goal(Connection& connection, WalkerId walker, const Goal& goal, std::int64_t least) {
  connection.execute("DELETE FROM walk_goals WHERE walker_id = :walker AND from_day = :day", walker, goal.from);
  connection.execute(
      "INSERT INTO walk_goals (walker_id, from_day, steps, least, grace) VALUES (:walker, :day, :steps, :least, "
      ":grace)",
      walker, goal.from, goal.steps, least, goal.grace);
}

void drop_goals_after(Connection& connection, WalkerId walker, time::Day day) {
  connection.execute(kDropAfter.on(connection), walker, day);
}

std::vector<DaySteps> walked(Connection& connection, WalkerId walker, time::Day from, time::Day to) {
  std::vector<DaySteps> days;
  connection.each(kWalked.on(connection), args(walker, from, to), [&](time::Day day, std::int64_t total) {
    days.push_back({day, total});
  });
  return days;
}

std::int64_t walked_on(Connection& connection, WalkerId walker, time::Day day) {
  const auto days = walked(connection, walker, day, day);
  return days.empty() ? 0 : days.front().total;
}

std::optional<bool> is_shared(Connection& connection, WalkerId walker) {
  const auto row = connection.one<bool>("SELECT shared FROM walk_goal_choices WHERE walker_id = :walker", walker);
  return row ? std::optional(std::get<0>(*row)) : std::nullopt;
}

void set_shared(Connection& connection, WalkerId walker, bool shared) {
  connection.execute(
      connection.dialect() == Dialect::sqlite
          ? "INSERT INTO walk_goal_choices (walker_id, shared, told_day) VALUES (:walker, :shared, 0) ON "
            "CONFLICT (walker_id) DO UPDATE SET shared = excluded.shared"
          : "INSERT INTO walk_goal_choices (walker_id, shared, told_day) VALUES (:walker, :shared, 0) ON "
            "DUPLICATE KEY UPDATE shared = VALUES(shared)",
      walker, shared);
}

bool mark_told(Connection& connection, WalkerId walker, time::Day day) {
  return connection.execute(
             "UPDATE walk_goal_choices SET told_day = :day WHERE walker_id = :walker AND told_day < :before", day,
             walker, day) > 0;
}

std::vector<std::size_t> not_told_of(Connection& connection, std::span<const steps::Listener::Change> changes) {
  constexpr std::array kColumns{storage::ColumnType::integer};
  std::vector<storage::Value> values;
  values.reserve(2 * kChangesAtOnce);
  for (const auto& change : changes) {
    values.emplace_back(change.walker);
    values.emplace_back(change.day);
  }
  values.resize(2 * kChangesAtOnce, storage::Value(0));  // nobody
  std::vector<std::size_t> places;
  connection.run(kNotTold.on(connection), values, kColumns, [&](std::span<const storage::Cell> cells) {
    places.push_back(static_cast<std::size_t>(cells[0].integer));
  });
  return places;
}

std::vector<walkers::Walker> sharing_friends(Connection& connection, WalkerId walker) {
  std::vector<WalkerId> ids;
  connection.each(kSharing.on(connection), args(walker), [&](WalkerId id) { ids.push_back(id); });
  std::vector<walkers::Walker> found;
  for (const auto id : ids) {
    if (auto each = walkers::find(connection, id)) found.push_back(std::move(*each));
  }
  std::ranges::sort(found, {}, &walkers::Walker::uuid);
  return found;
}

bool has_goals(Connection& connection, WalkerId walker) { return is_shared(connection, walker).has_value(); }

void hand_over(Connection& connection, WalkerId from, WalkerId to) {
  connection.execute(kHandOver.on(connection), to, from);
  connection.execute("UPDATE walk_goal_choices SET walker_id = :to WHERE walker_id = :from", to, from);
}

void remove_all_of(Connection& connection, WalkerId walker) {
  connection.execute(kDropAll.on(connection), walker);
  connection.execute("DELETE FROM walk_goal_choices WHERE walker_id = :walker", walker);
}

}  // namespace dontgoback::walk::goals
