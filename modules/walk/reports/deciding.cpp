#include "groups/groups.hpp"
#include "refusals.hpp"
#include "rules.hpp"
#include "walkers/life_cycle.hpp"

namespace dontgoback::walk::reports {
namespace {

using Deciding = ports::ReportedNames::Deciding;
using storage::Connection;

WalkerId walker_of(const Target& target) { return {target.id}; }
groups::GroupId group_of(const Target& target) { return {target.id}; }

void lock_target(Connection& connection, const Target& target) {
  if (target.kind == Kind::group) {
    groups::lock_group(connection, group_of(target));
  } else {
    walkers::lock_walker(connection, walker_of(target));
  }
}

/// The new name as it would be kept; "" for a decision that gives none.
Result<std::string> wanted_name(const Target& target, const Deciding& deciding) {
  if (deciding.decision != Decision::rename) return std::string();
  if (target.kind == Kind::group) {
    auto name = groups::read_name(deciding.name);
    return name ? std::move(name) : kNoName;
  }
  const auto nickname = walkers::read_nickname(deciding.name);
  return nickname ? Result<std::string>(nickname->text) : kNoName;
}

/// Whether it may be done to what is there now.
Result<Done> is_possible(Connection& connection, const Target& target, const Deciding& deciding) {
  if (target.kind == Kind::group) {
    if (deciding.decision == Decision::suspend) return kNoSuspendedGroup;
    if (deciding.decision == Decision::rename && !name_now(connection, target)) return kNoMore;
    return Done{};
  }
  if (!walkers::find(connection, walker_of(target))) return kNoMore;
  if (deciding.decision != Decision::rename) return Done{};
  const auto holder = walkers::find_by_folded(connection, walkers::folded_nickname(deciding.name));
  if (holder && holder->id != walker_of(target)) return kTaken;
  return Done{};
}

Result<Done> act_on_group(Connection& connection, groups::GroupId group, const Deciding& deciding) {
  if (deciding.decision == Decision::rename) return groups::give_name(connection, group, deciding.name);
  if (deciding.decision == Decision::remove) groups::close(connection, group);
  return Done{};
}

Result<Done> act_on_walker(Connection& connection, const walkers::Subscribers& subscribers, WalkerId walker,
                           const Deciding& deciding, time::Timestamp now) {
  switch (deciding.decision) {
    case Decision::rename:
      return walkers::give_nickname(connection, subscribers, walker, *walkers::read_nickname(deciding.name));
    case Decision::remove:
      return walkers::give_nickname(connection, subscribers, walker, std::nullopt);
    case Decision::suspend:
      // One that is leaving takes part no more, and is not to be kept by it.
      if (walkers::find(connection, walker)->status == walkers::Status::active) {
        walkers::change_status(connection, subscribers, walker, walkers::Status::suspended, now);
      }
      return Done{};
    case Decision::keep:
      break;
  }
  return Done{};
}

}  // namespace

std::optional<std::string> name_now(Connection& connection, const Target& target) {
  if (target.kind == Kind::group) {
    auto group = groups::find_named(connection, group_of(target));
    return group ? std::optional(std::move(group->name)) : std::nullopt;
  }
  auto walker = walkers::find(connection, walker_of(target));
  return walker ? std::optional(std::move(walker->nickname)) : std::nullopt;
}

Result<Case> decide(Connection& connection, const walkers::Subscribers& subscribers, CaseId id,
                    const Deciding& deciding, Run run, time::Timestamp now) {
  auto of = find_case(connection, id);
  if (!of) return kNoReport;
  if (run == Run::done) {
    lock_target(connection, of->target);
    of = find_case(connection, id);  // another one may have decided while this one waited
    if (!of) return kNoReport;
  }
  const auto name = wanted_name(of->target, deciding);
  if (!name) return name.failure();
  if (!of->open) {
    const bool is_same =
        of->decision == deciding.decision && (deciding.decision != Decision::rename || of->judged == *name);
    return is_same ? Result<Case>(*std::move(of)) : kOtherwise;
  }
  if (const auto possible = is_possible(connection, of->target, deciding); !possible) return possible.failure();
  if (run == Run::checked) return *std::move(of);
  const auto done = of->target.kind == Kind::group
                        ? act_on_group(connection, group_of(of->target), deciding)
                        : act_on_walker(connection, subscribers, walker_of(of->target), deciding, now);
  if (!done) return done.failure().kind == FailureKind::conflict ? kTaken : kNoMore;
  close_case(connection, id, deciding.decision, name_now(connection, of->target).value_or(""), now);
  return find_case(connection, id).value();
}

}  // namespace dontgoback::walk::reports
