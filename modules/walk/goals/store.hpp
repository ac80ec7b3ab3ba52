#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "goals.hpp"

// Rows of `walk_goals` and `walk_goal_choices`. Everything runs in the caller's transaction.
namespace dontgoback::walk::goals {

/// Those that matter from a day on: the one in force then, and later ones, in order of day.
std::vector<Goal> goals_of(storage::Connection& connection, WalkerId walker, time::Day from);
std::optional<Goal> goal_on(storage::Connection& connection, WalkerId walker, time::Day day);
/// What the goal of the day cannot be less than: what holds on it by what was chosen before.
std::int64_t least_on(storage::Connection& connection, WalkerId walker, time::Day day);
/// In place of that of the day. `least`: as `least_on` will say.
void put_goal(storage::Connection& connection, WalkerId walker, const Goal& goal, std::int64_t least);
void drop_goals_after(storage::Connection& connection, WalkerId walker, time::Day day);

/// In order of day.
std::vector<DaySteps> walked(storage::Connection& connection, WalkerId walker, time::Day from, time::Day to);
std::int64_t walked_on(storage::Connection& connection, WalkerId walker, time::Day day);

/// Nothing: it never had a goal.
std::optional<bool> is_shared(storage::Connection& connection, WalkerId walker);
void set_shared(storage::Connection& connection, WalkerId walker, bool shared);
/// Marks that it is told of the day; false: it was already, or of a later one.
bool mark_told(storage::Connection& connection, WalkerId walker, time::Day day);

/// Of changed days those whose walker had a goal once and was not told that it reached that day's: their places.
inline constexpr std::size_t kChangesAtOnce = 64;
std::vector<std::size_t> not_told_of(storage::Connection& connection, std::span<const steps::Listener::Change> changes);

/// Friends that take part and share their goal, in order of UUID; at most friends::kMostFriends.
std::vector<walkers::Walker> sharing_friends(storage::Connection& connection, WalkerId walker);

bool has_goals(storage::Connection& connection, WalkerId walker);
void hand_over(storage::Connection& connection, WalkerId from, WalkerId to);
void remove_all_of(storage::Connection& connection, WalkerId walker);

}  // namespace dontgoback::walk::goals
