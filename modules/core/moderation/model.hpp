#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "accounts/accounts.hpp"
#include "audit/audit.hpp"
#include "dontgoback/report_reason.hpp"
#include "feed/feed.hpp"

namespace dontgoback::core::moderation {

using Target = audit::Target;
using audit::TargetKind;

/// What is wrong with it, as who reports says.
using Reason = ReportReason;

/// What a moderator says of a case. The number is the column's.
enum class Decision {
  hide = 1,     ///< it is hidden, or stays so
  dismiss = 2,  ///< nothing is wrong with it: it is shown, or shown again
  suspend = 3,  ///< so is its author, and with it all they wrote
  gone = 4,     ///< nobody had to: its author deleted it
};

/// Why it is in the queue: bits.
enum class Why { reported = 1, word = 2, link = 4, objection = 8 };

/// Where a case waits. What guests alone report has a list of its own, so that it cannot drown the rest.
enum class Queue { closed = 0, members = 1, guests = 2 };

/// What became of an objection.
enum class Outcome { kept = 1, undone = 2 };

std::string_view to_string(Decision decision);
/// Of those that a moderator may take.
std::optional<Decision> decision_named(std::string_view name);
/// `FEED`, `COMMENT` or `USER`.
std::optional<TargetKind> target_kind_named(std::string_view name);

using CaseId = Id<struct ReportCaseTag>;
/// An act has the number of its entry in the audit trail.
using ActId = audit::EntryId;

/// Of a case so many reports of members, and as many of guests, are kept with their words; what comes later is counted.
inline constexpr int kKeptReports = 100;
/// Who flooded by unlinked words writes nothing for so long.
inline constexpr time::Timestamp::duration kStop = std::chrono::hours(24);
/// Cases that were decided, and acts, are kept so long.
inline constexpr time::Timestamp::duration kLife = std::chrono::hours(24) * 730;

struct Case {
  CaseId id;
  Target target;
  UserId author;  ///< whose it is; of a USER that account; of what is unlinked accounts::kUnlinked
  bool open;
  Queue queue;
  int why;  ///< bits of Why
  std::int64_t members;
  std::int64_t guests;
  std::optional<ActId> objection_to;
  time::Timestamp opened_at;
  std::optional<time::Timestamp> decided_at;
  std::optional<Decision> decision;
  std::optional<audit::EntryId> entry;
  std::string reason;  ///< of the decision
};

/// What was done to somebody.
struct Act {
  ActId id;
  UserId user;  ///< to whose it is, as a Case says it: whom it concerns is `concerned`'s to say
  audit::Action action;
  Target target;
  std::string reason;
  time::Timestamp at;
  std::optional<time::Timestamp> ends_at;
  std::optional<std::string> objection;
  std::optional<time::Timestamp> objected_at;
  std::optional<Outcome> outcome;
};

}  // namespace dontgoback::core::moderation
