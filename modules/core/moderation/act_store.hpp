#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "model.hpp"

// SQL of what was done to people, and of suspensions.
namespace dontgoback::core::moderation {

void add_act(storage::Connection& connection, const Act& act);
std::optional<Act> find_act(storage::Connection& connection, ActId id);
/// The same, and nobody else changes it until the transaction ends.
std::optional<Act> hold_act(storage::Connection& connection, ActId id);
/// The latest about a target.
std::optional<Act> last_act(storage::Connection& connection, const Target& target);
/// Those that concern an account, also about what it wrote unlinked, the newest first.
std::vector<Act> acts_about(storage::Connection& connection, UserId user, std::int64_t before, int size);
/// All of them, behind `after`, in order.
std::vector<Act> acts_after(storage::Connection& connection, UserId user, ActId after, int limit);

/// Whom an act concerns: nobody when it is about what was written unlinked by who is gone.
std::optional<UserId> concerned(storage::Connection& connection, const Act& act);
/// Of an act about what was written unlinked.
void set_concerned(storage::Connection& connection, ActId id, UserId user);

void set_objection(storage::Connection& connection, ActId id, std::string_view text, time::Timestamp now);
void set_outcome(storage::Connection& connection, ActId id, Outcome outcome);

struct Suspension {
  UserId user;
  ActId act;
  accounts::AccountStatus before;
  std::optional<time::Timestamp> ends_at;
};
void set_suspension(storage::Connection& connection, const Suspension& suspension);
std::optional<Suspension> find_suspension(storage::Connection& connection, UserId user);
void drop_suspension(storage::Connection& connection, UserId user);
/// Those that end by `now`, at most `limit`.
std::vector<Suspension> ended_suspensions(storage::Connection& connection, time::Timestamp now, int limit);

void drop_acts_about(storage::Connection& connection, UserId user);
void hand_over_acts(storage::Connection& connection, UserId from, UserId to);

/// For the purge.
std::int64_t delete_acts_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::core::moderation
