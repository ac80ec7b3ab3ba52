#include "act_store.hpp"

#include <algorithm>
#include <iterator>

#include "dontgoback/storage/planned.hpp"
#include "expiry/expiry.hpp"

namespace dontgoback::core::moderation {
namespace {

using storage::args;
using storage::Connection;
using storage::Dialect;
using storage::Planned;

const std::string kAct =
    "SELECT id, user_id, action, target_kind, target_id, reason, at, ends_at, objection, objected_at, outcome FROM "
    "moderation_acts ";
const std::string kUnlinkedAct =
    "SELECT m.id, m.user_id, m.action, m.target_kind, m.target_id, m.reason, m.at, m.ends_at, m.objection, "
    "m.objected_at, m.outcome FROM unlinked_acts u {unlinked_acts_by_user} CROSS JOIN moderation_acts m {PRIMARY} ON "
    "m.id = u.act_id WHERE u.user_id = :user AND u.act_id ";
const std::string kOne = kAct + "WHERE id = :id";
const std::string kOneHeld = kOne + " FOR UPDATE";

const Planned kLast("moderation/last-act",
                    kAct +
                        "{moderation_acts_by_target} WHERE target_kind = :kind AND target_id = :target ORDER BY id "
                        "DESC LIMIT 1");
const Planned kAbout("moderation/acts-about",
                     kAct +
                         "{moderation_acts_by_user} WHERE user_id = :user AND id < :before ORDER BY id DESC LIMIT "
                         ":size");
const Planned kAfter("moderation/own-acts",
                     kAct + "{moderation_acts_by_user} WHERE user_id = :user AND id > :after ORDER BY id LIMIT :limit");
const Planned kUnlinkedAbout("moderation/unlinked-acts-about",
                             kUnlinkedAct + "< :before ORDER BY u.act_id DESC LIMIT :size");
const Planned kUnlinkedAfter("moderation/own-unlinked-acts", kUnlinkedAct + "> :after ORDER BY u.act_id LIMIT :limit");
const Planned kCutLoose("moderation/cut-acts-loose",
                        "DELETE FROM unlinked_acts {unlinked_acts_by_user} WHERE user_id = :user");
const Planned kHandOverUnlinked("moderation/hand-over-unlinked-acts",
                                "UPDATE unlinked_acts {unlinked_acts_by_user} SET user_id = :to WHERE user_id = :from");
const Planned kDropAbout("moderation/drop-acts-about",
                         "DELETE FROM moderation_acts {moderation_acts_by_user} WHERE user_id = :user");
const Planned kHandOver("moderation/hand-over-acts",
                        "UPDATE moderation_acts {moderation_acts_by_user} SET user_id = :to WHERE user_id = :from");
const Planned kEnded("moderation/ended-suspensions",
                     "SELECT user_id, act_id, status_before, ends_at FROM suspensions {suspensions_by_end} WHERE "
                     "ends_at <= :now ORDER BY ends_at LIMIT :limit");

const expiry::Slices kOld("moderation/purge-acts", "moderation/purge-acts-bound", "moderation_acts", "at",
                          "moderation_acts_by_moment");

template <class... P>
std::vector<Act> read_acts(Connection& connection, const storage::Sql& sql, const P&... parameters) {
  std::vector<Act> found;
  connection.each(
      sql, args(parameters...),
      [&found](ActId id, UserId user, int action, int kind, std::int64_t target, std::string reason, time::Timestamp at,
               std::optional<time::Timestamp> ends_at, std::optional<std::string> objection,
               std::optional<time::Timestamp> objected_at, std::optional<int> outcome) {
        found.push_back({id,
                         user,
                         static_cast<audit::Action>(action),
                         {static_cast<TargetKind>(kind), target},
                         std::move(reason),
                         at,
                         ends_at,
                         std::move(objection),
                         objected_at,
                         outcome ? std::optional(static_cast<Outcome>(*outcome)) : std::nullopt});
      });
  return found;
}

std::optional<Act> first(std::vector<Act> found) {
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

/// The first `size` of both, which are in that order.
template <class Order>
std::vector<Act> merged(std::vector<Act> linked, std::vector<Act> unlinked, int size, Order order) {
  std::vector<Act> all;
  std::ranges::merge(std::move(linked), std::move(unlinked), std::back_inserter(all), order, &Act::id, &Act::id);
  if (all.size() > static_cast<std::size_t>(size)) all.erase(all.begin() + size, all.end());
  return all;
}

auto into(std::vector<Suspension>& found) {
  return [&found](UserId user, ActId act, int before, std::optional<time::Timestamp> ends_at) {
    found.push_back({user, act, static_cast<accounts::AccountStatus>(before), ends_at});
  };
}

}  // namespace

void add_act(Connection& connection, const Act& act) {
  connection.execute(
      "INSERT INTO moderation_acts (id, user_id, action, target_kind, target_id, reason, at, ends_at) VALUES (:id, "
      ":user, :action, :kind, :target, :reason, :at, :ends_at)",
      act.id, act.user, static_cast<int>(act.action), static_cast<int>(act.target.kind), act.target.id, act.reason,
      act.at, act.ends_at);
}

std::optional<Act> find_act(Connection& connection, ActId id) { return first(read_acts(connection, kOne, id)); }

std::optional<Act> hold_act(Connection& connection, ActId id) {
  return first(read_acts(connection, connection.dialect() == Dialect::sqlite ? kOne : kOneHeld, id));
}

std::optional<Act> last_act(Connection& connection, const Target& target) {
  return first(read_acts(connection, kLast.on(connection), static_cast<int>(target.kind), target.id));
}

std::vector<Act> acts_about(Connection& connection, UserId user, std::int64_t before, int size) {
  return merged(read_acts(connection, kAbout.on(connection), user, before, size),
                read_acts(connection, kUnlinkedAbout.on(connection), user, before, size), size, std::ranges::greater{});
}

std::vector<Act> acts_after(Connection& connection, UserId user, ActId after, int limit) {
  return merged(read_acts(connection, kAfter.on(connection), user, after, limit),
                read_acts(connection, kUnlinkedAfter.on(connection), user, after, limit), limit, std::ranges::less{});
}

std::optional<UserId> concerned(Connection& connection, const Act& act) {
  if (act.user != accounts::kUnlinked) return act.user;
  const auto row = connection.one<UserId>("SELECT user_id FROM unlinked_acts WHERE act_id = :id", act.id);
  return row ? std::optional(std::get<0>(*row)) : std::nullopt;
}

void set_concerned(Connection& connection, ActId id, UserId user) {
  connection.execute("INSERT INTO unlinked_acts (act_id, user_id) VALUES (:id, :user)", id, user);
}

void set_objection(Connection& connection, ActId id, std::string_view text, time::Timestamp now) {
  connection.execute("UPDATE moderation_acts SET objection = :text, objected_at = :now WHERE id = :id", text, now, id);
}

void set_outcome(Connection& connection, ActId id, Outcome outcome) {
  connection.execute("UPDATE moderation_acts SET outcome = :outcome WHERE id = :id", static_cast<int>(outcome), id);
}

void set_suspension(Connection& connection, const Suspension& suspension) {
  drop_suspension(connection, suspension.user);
  connection.execute(
      "INSERT INTO suspensions (user_id, act_id, status_before, ends_at) VALUES (:user, :act, :before, :ends_at)",
      suspension.user, suspension.act, static_cast<int>(suspension.before), suspension.ends_at);
}

std::optional<Suspension> find_suspension(Connection& connection, UserId user) {
  std::vector<Suspension> found;
  connection.each("SELECT user_id, act_id, status_before, ends_at FROM suspensions WHERE user_id = :user", args(user),
                  into(found));
  return found.empty() ? std::nullopt : std::optional(found.front());
}

void drop_suspension(Connection& connection, UserId user) {
  connection.execute("DELETE FROM suspensions WHERE user_id = :user", user);
}

std::vector<Suspension> ended_suspensions(Connection& connection, time::Timestamp now, int limit) {
  std::vector<Suspension> found;
  connection.each(kEnded.on(connection), args(now, limit), into(found));
  return found;
}

void drop_acts_about(Connection& connection, UserId user) {
  connection.execute(kCutLoose.on(connection), user);  // the acts stay, as what they are about does
  connection.execute(kDropAbout.on(connection), user);
  drop_suspension(connection, user);
}

void hand_over_acts(Connection& connection, UserId from, UserId to) {
  connection.execute(kHandOver.on(connection), to, from);
  connection.execute(kHandOverUnlinked.on(connection), to, from);
}

std::int64_t delete_acts_within(Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kOld, span, limit);
}

}  // namespace dontgoback::core::moderation
