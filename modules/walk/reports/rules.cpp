#include "rules.hpp"

#include <algorithm>

#include "friends/friends.hpp"
#include "groups/groups.hpp"
#include "notices/notices.hpp"

namespace dontgoback::walk::reports {
namespace {

using storage::Connection;
using walkers::kNoWalker;

constexpr Failure kOwn{FailureKind::invalid, {"자신의 것은 신고할 수 없습니다.", "This is your own."}};
constexpr Failure kNoCheer{FailureKind::not_found, {"받은 응원을 찾을 수 없습니다.", "There is no such cheer."}};

/// What is reported, as the reporter sees it now.
struct Seen {
  Target target;
  std::string name;
  std::optional<time::Timestamp> at;  ///< of a cheer: the last
};

/// By its nickname, in a list of one's own, or in a group.
bool sees(Connection& connection, WalkerId walker, const walkers::Walker& other) {
  const auto named = walkers::find_by_nickname(connection, other.nickname);
  return (named && named->id == other.id) || friends::is_listed(connection, walker, other.id) ||
         groups::share_one(connection, walker, other.id);
}

Result<Seen> see_walker(Connection& connection, WalkerId reporter, const NewReport& report) {
  const auto found = walkers::find_by_uuid(connection, report.target);
  if (!found || found->status != walkers::Status::active) return kNoWalker;
  if (found->id == reporter) return kOwn;
  // Two who report one another wait, and are not undone.
  if (!walkers::lock_walker(connection, std::min(reporter, found->id))) return kNoWalker;
  if (!walkers::lock_walker(connection, std::max(reporter, found->id))) return kNoWalker;
  const auto other = walkers::find(connection, found->id);
  if (!other || other->status != walkers::Status::active) return kNoWalker;
  Seen seen{{report.kind, other->id.value}, other->nickname, std::nullopt};
  if (report.kind == Kind::cheer) {
    seen.at = notices::last_cheer(connection, reporter, other->id);
    if (!seen.at) return kNoCheer;
  } else if (!sees(connection, reporter, *other)) {
    return kNoWalker;
  }
  return seen;
}

Result<Seen> see_group(Connection& connection, WalkerId reporter, const NewReport& report) {
  if (!walkers::lock_walker(connection, reporter)) return kNoWalker;
  const auto id = groups::find_of_member(connection, walkers::to_string(report.target), reporter);
  if (!id) return groups::kNoGroup;
  groups::lock_group(connection, *id);
  const auto group = groups::find_named(connection, *id);
  if (!group) return groups::kNoGroup;
  if (group->owner == reporter) return kOwn;
  return Seen{{Kind::group, id->value}, group->name, std::nullopt};
}

/// Whether it is another thing than the one that was judged.
bool is_new_since(const Seen& seen, const Case& judged) {
  return seen.at ? *seen.at > judged.decided_at : seen.name != judged.judged;
}

}  // namespace

Result<Done> report(Connection& connection, WalkerId reporter, const NewReport& report, time::Timestamp now) {
  const auto seen =
      report.kind == Kind::group ? see_group(connection, reporter, report) : see_walker(connection, reporter, report);
  if (!seen) return seen.failure();
  auto in = last_case(connection, seen->target);
  if (in && has_reported(connection, in->id, reporter) && (in->open || !is_new_since(*seen, *in))) return Done{};
  if (!in || !in->open) in = find_case(connection, add_case(connection, seen->target, seen->name, now));
  add_report(connection, in.value(), reporter, report.reason, report.text);
  return Done{};
}

}  // namespace dontgoback::walk::reports
