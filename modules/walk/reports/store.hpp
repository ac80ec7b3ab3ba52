#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/id.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "reports.hpp"

// SQL of the cases, their reasons and the reports.
namespace dontgoback::walk::reports {

using Kind = ports::ReportedNames::Kind;
using Decision = ports::ReportedNames::Decision;
using State = ports::ReportedNames::State;
using CaseId = Id<struct WalkReportCaseTag>;

/// What is reported: a walker, or a group, by its inside number. A cheer is its sender's.
struct Target {
  Kind kind;
  std::int64_t id;

  friend bool operator==(const Target&, const Target&) = default;
};

struct Case {
  CaseId id;
  Target target;
  std::string name;  ///< as it was when it was first reported
  bool open;
  std::int64_t reports;
  time::Timestamp opened_at;
  std::optional<time::Timestamp> decided_at;
  std::optional<Decision> decision;
  std::string judged;  ///< what it is called since the decision
};

CaseId add_case(storage::Connection& connection, const Target& target, std::string_view name, time::Timestamp now);
std::optional<Case> find_case(storage::Connection& connection, CaseId id);
/// The newest of a target.
std::optional<Case> last_case(storage::Connection& connection, const Target& target);
/// The newest first, those below `before`.
std::vector<Case> cases(storage::Connection& connection, State state, std::int64_t before, int size);
/// Open ones, counted up to 100.
std::int64_t count_open(storage::Connection& connection);
void close_case(storage::Connection& connection, CaseId id, Decision decision, std::string_view judged,
                time::Timestamp now);

bool has_reported(storage::Connection& connection, CaseId id, WalkerId walker);
/// The words of the first kKeptWords are kept.
void add_report(storage::Connection& connection, const Case& of, WalkerId walker, ReportReason reason,
                std::string_view text);
std::vector<ports::ReportedNames::Count> reasons_of(storage::Connection& connection, CaseId id);
/// The first words, at most ports::ReportedNames::kMostSaid.
std::vector<ports::ReportedNames::Said> said_of(storage::Connection& connection, CaseId id);

struct OwnReport {
  CaseId in;
  std::int64_t number;
  Target target;
  std::string name;
  ReportReason reason;
  std::string text;
};
/// What a walker reported, behind the case `after`.
std::vector<OwnReport> reports_by(storage::Connection& connection, WalkerId walker, CaseId after, int limit);
void drop_report(storage::Connection& connection, const OwnReport& report);
void set_reporter(storage::Connection& connection, const OwnReport& report, WalkerId walker);

/// Some of the cases about a walker, with what was reported. Whether nothing is left.
bool drop_some_about(storage::Connection& connection, WalkerId walker);
void hand_over_cases(storage::Connection& connection, WalkerId from, WalkerId to);

/// Some that were decided within the span, the oldest first. How many; 0: no more.
std::int64_t delete_cases_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::walk::reports
