#include "store.hpp"

#include "dontgoback/storage/planned.hpp"
#include "walkers/slices_store.hpp"

namespace dontgoback::walk::reports {
namespace {

using storage::args;
using storage::Connection;
using storage::Dialect;
using storage::Planned;

constexpr int kCounted = 100;
constexpr int kDroppedAtOnce = 200;

const std::string kCase =
    "SELECT id, kind, target_id, name, is_open, times, opened_at, decided_at, decision, judged FROM "
    "walk_report_cases ";
const std::string kById = kCase + "WHERE id = :id";

const Planned kPage("walk-reports/cases",
                    kCase +
                        "{walk_report_cases_queue} WHERE is_open = :is_open AND id < :before ORDER BY id DESC "
                        "LIMIT :size");
const Planned kCountOpen("walk-reports/count-open",
                         "SELECT COUNT(*) FROM (SELECT id FROM walk_report_cases {walk_report_cases_queue} WHERE "
                         "is_open = 1 LIMIT :counted) some");
const Planned kLastOf("walk-reports/last-case",
                      kCase +
                          "{walk_report_cases_by_target} WHERE kind = :kind AND target_id = :target ORDER BY id "
                          "DESC LIMIT 1");
const Planned kReasons("walk-reports/reasons",
                       "SELECT reason, times FROM walk_report_reasons {PRIMARY} WHERE case_id = :case_id ORDER BY "
                       "reason");
const Planned kSaid("walk-reports/said",
                    "SELECT reason, text FROM walk_reports {PRIMARY} WHERE case_id = :case_id AND number <= :kept AND "
                    "text <> '' ORDER BY number LIMIT :limit");
const Planned kReportsBy("walk-reports/by-walker",
                         "SELECT r.case_id, r.number, c.kind, c.target_id, c.name, r.reason, r.text FROM walk_reports "
                         "r {walk_reports_by_walker} CROSS JOIN walk_report_cases c {PRIMARY} ON c.id = r.case_id "
                         "WHERE r.walker_id = :walker AND r.case_id > :after ORDER BY r.case_id LIMIT :limit");
const Planned kNumbers("walk-reports/numbers",
                       "SELECT number FROM walk_reports {PRIMARY} WHERE case_id = :case_id ORDER BY number LIMIT "
                       ":limit");
const Planned kDropReasons("walk-reports/drop-reasons",
                           "DELETE FROM walk_report_reasons {PRIMARY} WHERE case_id = :case_id");
const Planned kHandOver("walk-reports/hand-over",
                        "UPDATE walk_report_cases {walk_report_cases_by_target} SET target_id = :to WHERE kind = :kind "
                        "AND target_id = :from");

const walkers::Slices kOld("walk-reports/purge", "walk-reports/purge-bound", "walk_report_cases", "decided_at",
                           "walk_report_cases_by_moment");

template <class... P>
std::vector<Case> read_cases(Connection& connection, const storage::Sql& sql, const P&... parameters) {
  std::vector<Case> found;
  connection.each(sql, args(parameters...),
                  [&found](CaseId id, int kind, std::int64_t target, std::string name, bool open, std::int64_t reports,
                           time::Timestamp opened_at, std::optional<time::Timestamp> decided_at,
                           std::optional<int> decision, std::optional<std::string> judged) {
                    found.push_back({id,
                                     {static_cast<Kind>(kind), target},
                                     std::move(name),
                                     open,
                                     reports,
                                     opened_at,
                                     decided_at,
                                     decision ? std::optional(static_cast<Decision>(*decision)) : std::nullopt,
                                     std::move(judged).value_or("")});
                  });
  return found;
}

std::optional<Case> first(std::vector<Case> found) {
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

/// Whether nothing of the case is left.
bool drop_some_of(Connection& connection, CaseId id) {
  std::vector<std::int64_t> numbers;
  connection.each(kNumbers.on(connection), args(id, kDroppedAtOnce),
                  [&](std::int64_t number) { numbers.push_back(number); });
  for (const auto number : numbers) {
    connection.execute("DELETE FROM walk_reports WHERE case_id = :case_id AND number = :number", id, number);
  }
  if (numbers.size() == kDroppedAtOnce) return false;
  connection.execute(kDropReasons.on(connection), id);
  connection.execute("DELETE FROM walk_report_cases WHERE id = :id", id);
  return true;
}

}  // namespace

CaseId add_case(Connection& connection, const Target& target, std::string_view name, time::Timestamp now) {
  connection.execute(
      "INSERT INTO walk_report_cases (kind, target_id, name, is_open, times, opened_at) VALUES (:kind, :target, "
      ":name, 1, 0, :now)",
      static_cast<int>(target.kind), target.id, name, now);
  return {connection.last_insert_id()};
}

std::optional<Case> find_case(Connection& connection, CaseId id) { return first(read_cases(connection, kById, id)); }

std::optional<Case> last_case(Connection& connection, const Target& target) {
  return first(read_cases(connection, kLastOf.on(connection), static_cast<int>(target.kind), target.id));
}

std::vector<Case> cases(Connection& connection, State state, std::int64_t before, int size) {
  return read_cases(connection, kPage.on(connection), state == State::open ? 1 : 0, before, size);
}

std::int64_t count_open(Connection& connection) {
  return std::get<0>(connection.one<std::int64_t>(kCountOpen.on(connection), kCounted).value());
}

void close_case(Connection& connection, CaseId id, Decision decision, std::string_view judged, time::Timestamp now) {
  connection.execute(
      "UPDATE walk_report_cases SET is_open = 0, decided_at = :now, decision = :decision, judged = :judged WHERE id = "
      ":id",
      now, static_cast<int>(decision), judged, id);
}

bool has_reported(Connection& connection, CaseId id, WalkerId walker) {
  return connection
      .one<std::int64_t>("SELECT 1 FROM walk_reports WHERE case_id = :case_id AND walker_id = :walker", id, walker)
      .has_value();
}

void add_report(Connection& connection, const Case& of, WalkerId walker, ReportReason reason, std::string_view text) {
  const auto number = of.reports + 1;
  connection.execute("UPDATE walk_report_cases SET times = :times WHERE id = :id", number, of.id);
  connection.execute(connection.dialect() == Dialect::sqlite
                         ? "INSERT INTO walk_report_reasons (case_id, reason, times) VALUES (:case_id, :reason, 1) ON "
                           "CONFLICT (case_id, reason) DO UPDATE SET times = times + 1"
                         : "INSERT INTO walk_report_reasons (case_id, reason, times) VALUES (:case_id, :reason, 1) ON "
                           "DUPLICATE KEY UPDATE times = times + 1",
                     of.id, static_cast<int>(reason));
  connection.execute(
      "INSERT INTO walk_reports (case_id, number, walker_id, reason, text) VALUES (:case_id, :number, :walker, "
      ":reason, :text)",
      of.id, number, walker, static_cast<int>(reason), number > kKeptWords ? std::string_view() : text);
}

std::vector<ports::ReportedNames::Count> reasons_of(Connection& connection, CaseId id) {
  std::vector<ports::ReportedNames::Count> counts;
  connection.each(kReasons.on(connection), args(id), [&](int reason, std::int64_t times) {
    counts.push_back({static_cast<ReportReason>(reason), times});
  });
  return counts;
}

std::vector<ports::ReportedNames::Said> said_of(Connection& connection, CaseId id) {
  std::vector<ports::ReportedNames::Said> said;
  connection.each(kSaid.on(connection),
                  args(id, kKeptWords, static_cast<std::int64_t>(ports::ReportedNames::kMostSaid)),
                  [&](int reason, std::string text) {
                    said.push_back({static_cast<ReportReason>(reason), std::move(text)});
                  });
  return said;
}

std::vector<OwnReport> reports_by(Connection& connection, WalkerId walker, CaseId after, int limit) {
  std::vector<OwnReport> found;
  connection.each(kReportsBy.on(connection), args(walker, after, limit),
                  [&](CaseId in, std::int64_t number, int kind, std::int64_t target, std::string name, int reason,
                      std::string text) {
                    found.push_back({in,
                                     number,
                                     {static_cast<Kind>(kind), target},
                                     std::move(name),
                                     static_cast<ReportReason>(reason),
                                     std::move(text)});
                  });
  return found;
}

void drop_report(Connection& connection, const OwnReport& report) {
  connection.execute("DELETE FROM walk_reports WHERE case_id = :case_id AND number = :number", report.in,
                     report.number);
}

void set_reporter(Connection& connection, const OwnReport& report, WalkerId walker) {
  connection.execute("UPDATE walk_reports SET walker_id = :walker WHERE case_id = :case_id AND number = :number",
                     walker, report.in, report.number);
}

bool drop_some_about(Connection& connection, WalkerId walker) {
  for (const auto kind : {Kind::walker, Kind::cheer}) {
    const auto found = last_case(connection, {kind, walker.value});
    if (!found) continue;
    drop_some_of(connection, found->id);
    return false;
  }
  return true;
}

void hand_over_cases(Connection& connection, WalkerId from, WalkerId to) {
  for (const auto kind : {Kind::walker, Kind::cheer}) {
    connection.execute(kHandOver.on(connection), to.value, static_cast<int>(kind), from.value);
  }
}

std::int64_t delete_cases_within(Connection& connection, const time::Span& span, int limit) {
  return kOld.remove_some(connection, span, limit);
}

}  // namespace dontgoback::walk::reports
