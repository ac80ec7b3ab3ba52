#include "case_store.hpp"

#include "dontgoback/storage/planned.hpp"
#include "expiry/expiry.hpp"

namespace dontgoback::core::moderation {
namespace {

using storage::args;
using storage::Connection;
using storage::Dialect;
using storage::Planned;

constexpr int kCounted = 100;
constexpr int kClosedAtOnce = 1000;

const std::string kCase =
    "SELECT id, target_kind, target_id, author_id, is_open, queue, why, members, guests, act_id, opened_at, "
    "decided_at, "
    "decision, entry_id, reason FROM report_cases ";

const std::string kById = kCase + "WHERE id = :id";
const std::string kByIdHeld = kById + " FOR UPDATE";
const std::string kOpenOf = kCase + "WHERE target_kind = :kind AND target_id = :target AND is_open = 1";
const std::string kOpenOfHeld = kOpenOf + " FOR UPDATE";

const Planned kPage("moderation/cases", kCase +
                                            "{report_cases_queue} WHERE queue = :queue AND id < :before ORDER BY id "
                                            "DESC LIMIT :size");
const Planned kCount("moderation/count-cases",
                     "SELECT COUNT(*) FROM (SELECT id FROM report_cases {report_cases_queue} WHERE queue = :queue "
                     "LIMIT :counted) some");
const Planned kLastDecided("moderation/last-decided",
                           kCase +
                               "{PRIMARY} WHERE id = (SELECT MAX(c.id) FROM report_cases c {report_cases_by_target} "
                               "WHERE c.target_kind = :kind AND c.target_id = :target AND c.is_open IS NULL AND c.id < "
                               ":before)");
const Planned kOpenBound("moderation/open-cases-of-author-bound",
                         "SELECT MIN(id) FROM (SELECT id FROM report_cases {report_cases_by_author} WHERE author_id = "
                         ":author AND is_open = 1 ORDER BY id DESC LIMIT :limit) slice");
const Planned kCloseOf("moderation/close-cases-of-author",
                       "UPDATE report_cases {report_cases_by_author} SET is_open = NULL, queue = 0, decided_at = :now, "
                       "decision = :decision, entry_id = :entry, reason = :reason WHERE author_id = :author AND "
                       "is_open = 1 AND id >= :bound");
const Planned kKept("moderation/kept-reports",
                    "SELECT COUNT(*) FROM (SELECT reporter_id FROM reports {reports_by_case} WHERE case_id = :case_id "
                    "AND guest = :guest LIMIT :kept) some");
const std::string kReport =
    "SELECT target_kind, target_id, reporter_id, case_id, guest, reason, text, created_at FROM reports ";
const Planned kReportsOf("moderation/reports-of-case",
                         kReport +
                             "{reports_by_case} WHERE case_id = :case_id AND guest = :guest ORDER BY reporter_id "
                             "LIMIT :limit");
const Planned kReportsBy("moderation/reports-by-account",
                         kReport +
                             "{reports_by_reporter} WHERE reporter_id = :reporter AND case_id > :after ORDER BY "
                             "case_id LIMIT :limit");
const Planned kReasons("moderation/reasons-of-case",
                       "SELECT reason, guest, times FROM report_reasons {PRIMARY} WHERE case_id = :case_id ORDER BY "
                       "reason, guest");
const Planned kDropCases("moderation/drop-cases-of-author",
                         "DELETE FROM report_cases {report_cases_by_author} WHERE author_id = :author");
const Planned kHandOverCases(
    "moderation/hand-over-cases",
    "UPDATE report_cases {report_cases_by_author} SET author_id = :to WHERE author_id = :from");

const expiry::Slices kOld("moderation/purge-cases", "moderation/purge-cases-bound", "report_cases", "decided_at",
                          "report_cases_by_moment");

template <class... P>
std::vector<Case> read_cases(Connection& connection, const storage::Sql& sql, const P&... parameters) {
  std::vector<Case> found;
  connection.each(sql, args(parameters...),
                  [&found](CaseId id, int kind, std::int64_t target, UserId author, std::optional<int> open, int queue,
                           int why, std::int64_t members, std::int64_t guests, std::optional<ActId> act,
                           time::Timestamp opened_at, std::optional<time::Timestamp> decided_at,
                           std::optional<int> decision, std::optional<audit::EntryId> entry, std::string reason) {
                    found.push_back({id,
                                     {static_cast<TargetKind>(kind), target},
                                     author,
                                     open.has_value(),
                                     static_cast<Queue>(queue),
                                     why,
                                     members,
                                     guests,
                                     act,
                                     opened_at,
                                     decided_at,
                                     decision ? std::optional(static_cast<Decision>(*decision)) : std::nullopt,
                                     entry,
                                     std::move(reason)});
                  });
  return found;
}

std::optional<Case> first(std::vector<Case> found) {
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<Case> hold_open_case(Connection& connection, const Target& target) {
  return first(read_cases(connection, connection.dialect() == Dialect::sqlite ? kOpenOf : kOpenOfHeld,
                          static_cast<int>(target.kind), target.id));
}

template <class... P>
std::vector<Report> read_reports(Connection& connection, const storage::Sql& sql, const P&... parameters) {
  std::vector<Report> found;
  connection.each(sql, args(parameters...),
                  [&found](int kind, std::int64_t target, UserId reporter, CaseId in, bool guest, int reason,
                           std::string text, time::Timestamp created_at) {
                    found.push_back({{static_cast<TargetKind>(kind), target},
                                     reporter,
                                     in,
                                     guest,
                                     static_cast<Reason>(reason),
                                     std::move(text),
                                     created_at});
                  });
  return found;
}

}  // namespace

Case open_case(Connection& connection, const Target& target, UserId author, Queue queue, time::Timestamp now) {
  if (auto there = hold_open_case(connection, target)) return *std::move(there);
  try {
    connection.execute(
        "INSERT INTO report_cases (target_kind, target_id, author_id, is_open, queue, why, opened_at) VALUES (:kind, "
        ":target, :author, 1, :queue, 0, :now)",
        static_cast<int>(target.kind), target.id, author, static_cast<int>(queue), now);
  } catch (const storage::DuplicateKey&) {  // another one has
  }
  return hold_open_case(connection, target).value();
}

std::optional<Case> find_open_case(Connection& connection, const Target& target) {
  return first(read_cases(connection, kOpenOf, static_cast<int>(target.kind), target.id));
}

std::optional<Case> last_decided(Connection& connection, const Target& target, std::int64_t before) {
  return first(read_cases(connection, kLastDecided.on(connection), static_cast<int>(target.kind), target.id, before));
}

std::optional<Case> find_case(Connection& connection, CaseId id) { return first(read_cases(connection, kById, id)); }

std::optional<Case> hold_case(Connection& connection, CaseId id) {
  return first(read_cases(connection, connection.dialect() == Dialect::sqlite ? kById : kByIdHeld, id));
}

std::vector<Case> cases(Connection& connection, Queue queue, std::int64_t before, int size) {
  return read_cases(connection, kPage.on(connection), static_cast<int>(queue), before, size);
}

std::int64_t count_cases(Connection& connection, Queue queue) {
  return std::get<0>(connection.one<std::int64_t>(kCount.on(connection), static_cast<int>(queue), kCounted).value());
}

void add_why(Connection& connection, CaseId id, Why why, Queue queue) {
  connection.execute(
      "UPDATE report_cases SET why = why | :why, queue = CASE WHEN queue = 2 THEN :queue ELSE queue END WHERE id = :id",
      static_cast<int>(why), static_cast<int>(queue), id);
}

void set_objected_act(Connection& connection, CaseId id, ActId act) {
  connection.execute("UPDATE report_cases SET act_id = :act WHERE id = :id", act, id);
}

void close_case(Connection& connection, CaseId id, Decision decision, audit::EntryId entry, std::string_view reason,
                time::Timestamp now) {
  connection.execute(
      "UPDATE report_cases SET is_open = NULL, queue = 0, decided_at = :now, decision = :decision, entry_id = :entry, "
      "reason = :reason WHERE id = :id",
      now, static_cast<int>(decision), entry, reason, id);
}

void close_cases_of(Connection& connection, UserId author, Decision decision, audit::EntryId entry,
                    std::string_view reason, time::Timestamp now) {
  const auto bound = connection.one<std::optional<std::int64_t>>(kOpenBound.on(connection), author, kClosedAtOnce);
  if (!bound || !std::get<0>(*bound)) return;
  connection.execute(kCloseOf.on(connection), now, static_cast<int>(decision), entry, reason, author,
                     *std::get<0>(*bound));
}

std::optional<Report> find_report(Connection& connection, const Target& target, UserId reporter) {
  static const std::string kSql =
      kReport + "WHERE target_kind = :kind AND target_id = :target AND reporter_id = :reporter";
  auto found = read_reports(connection, kSql, static_cast<int>(target.kind), target.id, reporter);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

void drop_report(Connection& connection, const Target& target, UserId reporter) {
  connection.execute(
      "DELETE FROM reports WHERE target_kind = :kind AND target_id = :target AND reporter_id = :reporter",
      static_cast<int>(target.kind), target.id, reporter);
}

void add_report(Connection& connection, const Case& of, const Report& report) {
  connection.execute(report.guest ? "UPDATE report_cases SET guests = guests + 1 WHERE id = :id"
                                  : "UPDATE report_cases SET members = members + 1 WHERE id = :id",
                     of.id);
  connection.execute(connection.dialect() == Dialect::sqlite
                         ? "INSERT INTO report_reasons (case_id, reason, guest, times) VALUES (:case_id, :reason, "
                           ":guest, 1) ON CONFLICT (case_id, reason, guest) DO UPDATE SET times = times + 1"
                         : "INSERT INTO report_reasons (case_id, reason, guest, times) VALUES (:case_id, :reason, "
                           ":guest, 1) ON DUPLICATE KEY UPDATE times = times + 1",
                     of.id, static_cast<int>(report.reason), report.guest ? 1 : 0);
  const auto kept = connection.one<std::int64_t>(kKept.on(connection), of.id, report.guest ? 1 : 0, kKeptReports);
  if (std::get<0>(kept.value()) >= kKeptReports) return;
  connection.execute(
      "INSERT INTO reports (target_kind, target_id, reporter_id, case_id, guest, reason, text, created_at) VALUES "
      "(:kind, :target, :reporter, :case_id, :guest, :reason, :text, :created_at)",
      static_cast<int>(report.target.kind), report.target.id, report.reporter, of.id, report.guest ? 1 : 0,
      static_cast<int>(report.reason), report.text, report.created_at);
}

std::vector<Report> reports_of(Connection& connection, CaseId id, int limit) {
  auto found = read_reports(connection, kReportsOf.on(connection), id, 0, limit);
  for (auto& guest : read_reports(connection, kReportsOf.on(connection), id, 1, limit)) {
    found.push_back(std::move(guest));
  }
  return found;
}

std::vector<ReasonCount> reasons_of(Connection& connection, CaseId id) {
  std::vector<ReasonCount> counts;
  connection.each(kReasons.on(connection), args(id), [&counts](int number, bool guest, std::int64_t times) {
    const auto reason = static_cast<Reason>(number);
    if (counts.empty() || counts.back().reason != reason) counts.push_back({reason, 0, 0});
    (guest ? counts.back().guests : counts.back().members) = times;
  });
  return counts;
}

std::vector<Report> reports_by(Connection& connection, UserId reporter, CaseId after, int limit) {
  return read_reports(connection, kReportsBy.on(connection), reporter, after, limit);
}

void drop_cases_of(Connection& connection, UserId user) { connection.execute(kDropCases.on(connection), user); }

bool drop_some_reports_by(Connection& connection, UserId user) {
  constexpr int kAtOnce = 500;
  const auto some = reports_by(connection, user, CaseId{0}, kAtOnce);
  for (const auto& report : some) drop_report(connection, report.target, user);
  return some.size() < kAtOnce;
}

void hand_over_cases(Connection& connection, UserId from, UserId to) {
  connection.execute(kHandOverCases.on(connection), to, from);
}

std::int64_t delete_cases_within(Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kOld, span, limit);
}

}  // namespace dontgoback::core::moderation
