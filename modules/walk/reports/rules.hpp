#pragma once

#include <string>

#include "dontgoback/result.hpp"
#include "store.hpp"

// Rules of reports and decisions, each in the caller's write transaction. Locks, in this order: walkers, the group; the
// case is its target's.
namespace dontgoback::walk::reports {

struct NewReport {
  Kind kind;
  walkers::Uuid target;
  ReportReason reason;
  std::string text;  ///< "": none
};

/// Puts what a walker reports before the moderators, once: the same again changes nothing while the case is open, nor
/// after it was decided unless there is another name, or another cheer, since. not_found when the walker does not see
/// it, invalid when it is its own.
Result<Done> report(storage::Connection& connection, WalkerId reporter, const NewReport& report, time::Timestamp now);

/// Whether it is done, or only said what would become of it.
enum class Run { checked, done };
/// As ports::ReportedNames::decide says: the case as it stands then.
Result<Case> decide(storage::Connection& connection, const walkers::Subscribers& subscribers, CaseId id,
                    const ports::ReportedNames::Deciding& deciding, Run run, time::Timestamp now);

/// What is reported is called so now; nothing: it is no more.
std::optional<std::string> name_now(storage::Connection& connection, const Target& target);

}  // namespace dontgoback::walk::reports
