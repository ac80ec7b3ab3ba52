#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "model.hpp"

// SQL of the cases, the reports and their reasons.
namespace dontgoback::core::moderation {

/// The open case of a target, which is made where there is none; nobody else changes it until the transaction ends.
Case open_case(storage::Connection& connection, const Target& target, UserId author, Queue queue, time::Timestamp now);
std::optional<Case> find_open_case(storage::Connection& connection, const Target& target);
/// The latest of a target that was decided, of those below `before`.
std::optional<Case> last_decided(storage::Connection& connection, const Target& target,
                                 std::int64_t before = std::numeric_limits<std::int64_t>::max());
std::optional<Case> find_case(storage::Connection& connection, CaseId id);
/// The same, and nobody else changes it until the transaction ends.
std::optional<Case> hold_case(storage::Connection& connection, CaseId id);
/// A page of a queue, or of what was decided, the newest first.
std::vector<Case> cases(storage::Connection& connection, Queue queue, std::int64_t before, int size);
/// Open ones of a queue, counted up to 100.
std::int64_t count_cases(storage::Connection& connection, Queue queue);

/// More reasons for it to be there, beside those it has; it comes before guests' when `queue` says so.
void add_why(storage::Connection& connection, CaseId id, Why why, Queue queue);
void set_objected_act(storage::Connection& connection, CaseId id, ActId act);
void close_case(storage::Connection& connection, CaseId id, Decision decision, audit::EntryId entry,
                std::string_view reason, time::Timestamp now);
/// The same of all open ones of an author, 1000 at most.
void close_cases_of(storage::Connection& connection, UserId author, Decision decision, audit::EntryId entry,
                    std::string_view reason, time::Timestamp now);

struct Report {
  Target target;
  UserId reporter;
  CaseId in;
  bool guest;
  Reason reason;
  std::string text;
  time::Timestamp created_at;
};
std::optional<Report> find_report(storage::Connection& connection, const Target& target, UserId reporter);
void drop_report(storage::Connection& connection, const Target& target, UserId reporter);
/// Keeps it, or counts it only when the case has kKeptReports of its kind.
void add_report(storage::Connection& connection, const Case& of, const Report& report);
/// Of a case, members' before guests'; at most `limit` of each.
std::vector<Report> reports_of(storage::Connection& connection, CaseId id, int limit);

struct ReasonCount {
  Reason reason;
  std::int64_t members;
  std::int64_t guests;
};
std::vector<ReasonCount> reasons_of(storage::Connection& connection, CaseId id);

/// What an account reported, behind `after`, in the order of cases.
std::vector<Report> reports_by(storage::Connection& connection, UserId reporter, CaseId after, int limit);

/// Cases about it and reports by it go, or become another's.
void drop_cases_of(storage::Connection& connection, UserId user);
/// At most 500; whether none are left.
bool drop_some_reports_by(storage::Connection& connection, UserId user);
void hand_over_cases(storage::Connection& connection, UserId from, UserId to);

/// For the purge.
std::int64_t delete_cases_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::core::moderation
