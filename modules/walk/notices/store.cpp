#include "store.hpp"

#include <algorithm>
#include <array>

#include "dontgoback/storage/planned.hpp"
#include "walkers/slices_store.hpp"

namespace dontgoback::walk::notices {
namespace {

using storage::args;
using storage::Connection;
using storage::Dialect;
using storage::Planned;

constexpr int kForgottenAtOnce = 200;
constexpr std::size_t kAskedAtOnce = 64;

/// What somebody did who takes part no more is not told of.
const std::string kShown = "(n.other_id = 0 OR " + walkers::is_active("w") + ")";

std::string rows(std::string_view which, std::string_view order) {
  return "SELECT n.number, n.kind, n.other_id, n.amount, n.times, n.seen, n.created_at, w.uuid, w.nickname FROM "
         "walker_notices n {PRIMARY} " +
         walkers::planned_left_join("w", "n.other_id") + " WHERE n.walker_id = :walker AND n.number " +
         std::string(which) + " AND " + kShown + " ORDER BY n.number" + std::string(order) + " LIMIT :size";
}

const Planned kPage("walk-notices/page", rows("< :before", " DESC"));
const Planned kSince("walk-notices/since", rows("> :after", ""));
const Planned kUnread("walk-notices/unread",
                      "SELECT COUNT(*) FROM (SELECT n.number FROM walker_notices n {walker_notices_open} " +
                          walkers::planned_left_join("w", "n.other_id") +
                          " WHERE n.walker_id = :walker AND n.seen = 0 AND " + kShown + " LIMIT :counted) unread");
const Planned kMarkRead("walk-notices/mark-read",
                        "UPDATE walker_notices {walker_notices_open} SET seen = 1 WHERE walker_id = :walker AND seen = "
                        "0 AND number <= :up_to");
const Planned kLast("walk-notices/last",
                    "SELECT number, times, seen, created_at FROM walker_notices {walker_notices_by_cause} WHERE "
                    "walker_id = :walker AND kind = :kind AND other_id = :other ORDER BY number DESC LIMIT 1");
const Planned kToldAt("walk-notices/told-at",
                      "SELECT created_at FROM walker_notices {PRIMARY} WHERE walker_id = :walker ORDER BY number DESC "
                      "LIMIT 1 OFFSET :before");
const Planned kSurplus("walk-notices/surplus",
                       "SELECT number FROM walker_notices {PRIMARY} WHERE walker_id = :walker ORDER BY number DESC "
                       "LIMIT 1 OFFSET :kept");
const Planned kDropSurplus("walk-notices/drop-surplus",
                           "DELETE FROM walker_notices {PRIMARY} WHERE walker_id = :walker AND number <= :number");
const Planned kDropAll("walk-notices/drop-all",
                       "DELETE FROM walker_notices {walker_notices_open} WHERE walker_id = :walker");
const Planned kForgetOther("walk-notices/forget-other",
                           "DELETE FROM walker_notices {walker_notices_by_other} WHERE other_id = :other AND walker_id "
                           "= :walker");
const Planned kSomeAbout("walk-notices/some-about",
                         "SELECT walker_id, number FROM walker_notices {walker_notices_by_other} WHERE other_id = "
                         ":other LIMIT :limit");
const Planned kHandOver(
    "walk-notices/hand-over",
    "UPDATE walker_notices {walker_notices_open} SET walker_id = :to, number = number + :more WHERE walker_id "
    "= :from");
const Planned kRenameOther("walk-notices/rename-other",
                           "UPDATE walker_notices {walker_notices_by_other} SET other_id = :to WHERE other_id = :from");

std::string padded(std::size_t count, std::size_t columns, std::string_view names) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) {
    list += i == 0 ? "(" : ", (";
    for (std::size_t c = 0; c < columns; ++c) {
      list += (c == 0 ? ":" : ", :") + std::string(1, names[c]) + std::to_string(i);
    }
    list += ")";
  }
  return list;
}

const Planned kLastNumbers("walk-notices/last-numbers",
                           "WITH v (id) AS (VALUES " + padded(kAskedAtOnce, 1, "w") +
                               ") SELECT s.walker_id, s.last_number FROM v CROSS JOIN walker_settings s {PRIMARY} ON "
                               "s.walker_id = v.id WHERE v.id > 0");
const Planned kOvertaken(
    "walk-notices/overtaken",
    "WITH v (id, day, low, high) AS (VALUES " + padded(kChangesAtOnce, 4, "wdlh") +
        ") SELECT f.other_id, v.id, d.total, w.offset_minutes FROM v " + friends::planned_join("f", "v.id") + " " +
        steps::planned_left_join("d", "f.other_id", "v.day") + " " + walkers::planned_join("w", "f.other_id") +
        " WHERE v.id > 0 AND d.total >= v.low AND d.total < v.high AND d.total > 0 AND " + walkers::is_active("w"));

const walkers::Slices kOld("walk-notices/purge", "walk-notices/purge-bound", "walker_notices", "created_at",
                           "walker_notices_by_moment");

void read(Connection& connection, const Planned& statement, WalkerId walker, Number from, int size,
          const std::function<void(const Notice&)>& row) {
  connection.each(statement.on(connection), args(walker, from, size),
                  [&](Number number, int kind, std::int64_t other, std::int64_t amount, std::int64_t times, bool seen,
                      time::Timestamp at, std::optional<std::string> uuid, std::optional<std::string> nickname) {
                    Notice notice{number, static_cast<Kind>(kind), {}, {}, amount, times, seen, at};
                    if (other != 0 && uuid) {
                      auto& bytes = notice.other.emplace().bytes;
                      std::copy_n(uuid->begin(), std::min(uuid->size(), bytes.size()), bytes.begin());
                    }
                    if (nickname) notice.nickname = *nickname;
                    row(notice);
                  });
}

}  // namespace

void each_notice(Connection& connection, WalkerId walker, Number before, int size,
                 const std::function<void(const Notice&)>& row) {
  read(connection, kPage, walker, before, size, row);
}

void each_since(Connection& connection, WalkerId walker, Number after, int size,
                const std::function<void(const Notice&)>& row) {
  read(connection, kSince, walker, after, size, row);
}

std::int64_t count_unread(Connection& connection, WalkerId walker) {
  return std::get<0>(connection.one<std::int64_t>(kUnread.on(connection), walker, kCounted).value());
}

void mark_read(Connection& connection, WalkerId walker, Number up_to) {
  connection.execute(kMarkRead.on(connection), walker, up_to);
}

Number next_number(Connection& connection, WalkerId walker) {
  connection.notify(kNewsTopic, std::to_string(walker.value));
  connection.execute(connection.dialect() == Dialect::sqlite
                         ? "INSERT INTO walker_settings (walker_id, last_number) VALUES (:walker, 1) ON CONFLICT "
                           "(walker_id) DO UPDATE SET last_number = last_number + 1"
                         : "INSERT INTO walker_settings (walker_id, last_number) VALUES (:walker, 1) ON DUPLICATE KEY "
                           "UPDATE last_number = last_number + 1",
                     walker);
  return last_number(connection, walker);
}

Number last_number(Connection& connection, WalkerId walker) {
  const auto last = connection.one<Number>("SELECT last_number FROM walker_settings WHERE walker_id = :walker", walker);
  return last ? std::get<0>(*last) : 0;
}

std::vector<std::pair<WalkerId, Number>> last_numbers(Connection& connection, std::span<const WalkerId> asked) {
  constexpr std::array kColumns{storage::ColumnType::integer, storage::ColumnType::integer};
  std::vector<std::pair<WalkerId, Number>> found;
  while (!asked.empty()) {
    const auto some = asked.first(std::min(asked.size(), kAskedAtOnce));
    asked = asked.subspan(some.size());
    // Padded with nobody, so that there is one text only.
    std::vector<storage::Value> values(kAskedAtOnce, storage::Value(0));
    std::ranges::copy(some, values.begin());
    connection.run(kLastNumbers.on(connection), values, kColumns, [&found](std::span<const storage::Cell> cells) {
      found.emplace_back(WalkerId{cells[0].integer}, cells[1].integer);
    });
  }
  return found;
}

std::optional<Last> find_last(Connection& connection, const Told& told) {
  const auto row = connection.one<Number, std::int64_t, bool, time::Timestamp>(
      kLast.on(connection), told.to, static_cast<int>(told.kind), told.other.value_or(WalkerId{}));
  if (!row) return std::nullopt;
  return Last{std::get<0>(*row), std::get<1>(*row), std::get<2>(*row), std::get<3>(*row)};
}

void add(Connection& connection, const Told& told, Number number, std::int64_t times) {
  connection.execute(
      "INSERT INTO walker_notices (walker_id, number, kind, other_id, amount, times, seen, created_at) VALUES "
      "(:walker, "
      ":number, :kind, :other, :amount, :times, 0, :created_at)",
      told.to, number, static_cast<int>(told.kind), told.other.value_or(WalkerId{}), told.amount, times, told.now);
}

void drop(Connection& connection, WalkerId walker, Number number) {
  connection.execute("DELETE FROM walker_notices WHERE walker_id = :walker AND number = :number", walker, number);
}

void drop_surplus(Connection& connection, WalkerId walker) {
  if (const auto oldest = connection.one<Number>(kSurplus.on(connection), walker, kKept)) {
    connection.execute(kDropSurplus.on(connection), walker, std::get<0>(*oldest));
  }
}

std::optional<time::Timestamp> told_at(Connection& connection, WalkerId walker, int before) {
  const auto at = connection.one<time::Timestamp>(kToldAt.on(connection), walker, before);
  return at ? std::optional(std::get<0>(*at)) : std::nullopt;
}

void forget_other(Connection& connection, WalkerId walker, WalkerId other) {
  if (connection.execute(kForgetOther.on(connection), other, walker) > 0) {
    connection.notify(kNewsTopic, std::to_string(walker.value));
  }
}

bool forget_some_about(Connection& connection, WalkerId other) {
  std::vector<std::pair<WalkerId, Number>> some;
  connection.each(kSomeAbout.on(connection), args(other, kForgottenAtOnce),
                  [&](WalkerId walker, Number number) { some.emplace_back(walker, number); });
  for (const auto& [walker, number] : some) drop(connection, walker, number);
  return some.size() < static_cast<std::size_t>(kForgottenAtOnce);
}

void hand_over(Connection& connection, WalkerId from, WalkerId to) {
  forget_other(connection, to, from);
  forget_other(connection, from, to);
  connection.execute(kRenameOther.on(connection), to, from);
  const auto theirs = last_number(connection, from);
  if (theirs == 0) return;
  const auto more = next_number(connection, to);
  connection.execute(kHandOver.on(connection), to, more, from);
  connection.execute("UPDATE walker_settings SET last_number = :last WHERE walker_id = :walker", more + theirs, to);
  drop_surplus(connection, to);
}

void remove_all_of(Connection& connection, WalkerId walker) { connection.execute(kDropAll.on(connection), walker); }

std::vector<Overtaken> overtaken_by(Connection& connection, std::span<const steps::Listener::Change> changes) {
  constexpr auto kNumber = storage::ColumnType::integer;
  constexpr std::array kColumns{kNumber, kNumber, kNumber, kNumber};
  std::vector<Overtaken> overtaken;
  std::vector<storage::Value> values;
  values.reserve(4 * kChangesAtOnce);
  for (const auto& change : changes) {
    values.emplace_back(change.walker);
    values.emplace_back(change.day);
    values.emplace_back(change.before);
    values.emplace_back(change.after);
  }
  values.resize(4 * kChangesAtOnce, storage::Value(0));
  connection.run(kOvertaken.on(connection), values, kColumns, [&](std::span<const storage::Cell> cells) {
    overtaken.push_back({WalkerId{cells[0].integer}, WalkerId{cells[1].integer}, cells[2].integer, cells[3].integer});
  });
  return overtaken;
}

std::int64_t delete_notices_within(Connection& connection, const time::Span& span, int limit) {
  return kOld.remove_some(connection, span, limit);
}

}  // namespace dontgoback::walk::notices
