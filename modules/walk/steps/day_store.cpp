#include "day_store.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "dontgoback/storage/planned.hpp"

namespace dontgoback::walk::steps {
namespace {

using storage::args;
using storage::Connection;
using storage::Planned;

constexpr int kByHours = 1;  // flags
constexpr int kPlain = 2;
constexpr int kRemovedAtOnce = 500;

// In one statement, for most updates need no other: a walker's first of a day asks whether there are others beside it.
const Planned kHold("steps/hold", "SELECT w.status, CASE WHEN " + walkers::shares_steps("w") +
                                      " THEN 1 ELSE 0 END, w.offset_minutes, d.total, d.reached_at, d.confidence, "
                                      "d.flags, d.told, CASE WHEN d.day IS "
                                      "NULL THEN EXISTS (SELECT 1 FROM step_days n {PRIMARY} WHERE n.walker_id = "
                                      ":beside AND n.day > :from AND n.day < :until) END " +
                                      walkers::planned_from("w") + " " + planned_left_join("d", "w.id", ":day") +
                                      " WHERE w.id = :walker");

const Planned kBetween("steps/between",
                       "SELECT day, total, reached_at, confidence, flags, told FROM step_days {PRIMARY} WHERE "
                       "walker_id = :walker AND day >= :from AND day <= :until ORDER BY day");
const Planned kLastOfSome("steps/last-of-some",
                          "SELECT day FROM step_days {PRIMARY} WHERE walker_id = :walker ORDER BY day LIMIT :limit");
const Planned kRemoveSome("steps/remove-some",
                          "DELETE FROM step_days {PRIMARY} WHERE walker_id = :walker AND day <= :last");
const Planned kTotals("steps/totals",
                      "SELECT day, total, reached_at, flags, confidence FROM step_days {PRIMARY} WHERE walker_id = "
                      ":walker AND day >= :from AND day <= :until ORDER BY day");

constexpr std::size_t kAskedAtOnce = 128;

std::string asked() {
  std::string list;
  for (std::size_t i = 0; i < kAskedAtOnce; ++i) list += (i == 0 ? "(:w" : ", (:w") + std::to_string(i) + ")";
  return list;
}

const Planned kOnDay("steps/on-day", "WITH v (id) AS (VALUES " + asked() +
                                         ") SELECT d.walker_id, d.total, d.reached_at FROM v CROSS JOIN step_days d "
                                         "{PRIMARY} ON d.walker_id = v.id AND d.day = :day WHERE v.id > 0");

Told read_told(std::string_view bytes) {
  if (auto told = decode(bytes)) return *std::move(told);
  throw std::runtime_error("a row of step_days holds what nobody wrote");
}

void set_flags(Row& row, int flags) {
  row.by_hours = (flags & kByHours) != 0;
  row.plain = (flags & kPlain) != 0;
}

}  // namespace

std::optional<Holder> hold(Connection& connection, WalkerId walker, time::Day day, std::int64_t reach) {
  // On SQLite who writes is alone.
  if (connection.dialect() == storage::Dialect::mysql && !walkers::lock_walker(connection, walker)) return std::nullopt;
  std::optional<Holder> holder;
  connection.each(kHold.on(connection), args(walker, day.number() - reach - 1, day.number() + reach + 1, day, walker),
                  [&](int status, int shares, std::int64_t offset, std::optional<std::int32_t> total,
                      std::optional<std::int64_t> reached_at, std::optional<std::int32_t> confidence,
                      std::optional<int> flags, std::optional<std::string_view> told, std::optional<int> beside) {
                    holder.emplace(Holder{static_cast<walkers::Status>(status), shares != 0, offset, std::nullopt,
                                          beside.value_or(0) != 0});
                    if (!total) return;
                    auto& row = holder->row.emplace();
                    row.day = day;
                    row.total = *total;
                    row.reached_at = time::Timestamp(std::chrono::milliseconds(reached_at.value_or(0)));
                    row.confidence = confidence.value_or(0);
                    set_flags(row, flags.value_or(0));
                    row.told = read_told(told.value_or(std::string_view()));
                    row.is_stored = true;
                  });
  return holder;
}

std::vector<Row> rows_between(Connection& connection, WalkerId walker, time::Day from, time::Day to) {
  std::vector<Row> rows;
  connection.each(kBetween.on(connection), args(walker, from, to),
                  [&](time::Day day, std::int32_t total, time::Timestamp reached_at, std::int32_t confidence, int flags,
                      std::string_view told) {
                    auto& row = rows.emplace_back();
                    row.day = day;
                    row.total = total;
                    row.reached_at = reached_at;
                    row.confidence = confidence;
                    set_flags(row, flags);
                    row.told = read_told(told);
                    row.is_stored = true;
                  });
  return rows;
}

void write(Connection& connection, WalkerId walker, const Row& row) {
  const auto told = encode(row.told);
  const int flags = (row.by_hours ? kByHours : 0) | (row.plain ? kPlain : 0);
  if (row.is_stored) {
    connection.execute(
        "UPDATE step_days SET total = :total, reached_at = :reached_at, confidence = :confidence, flags = :flags, told "
        "= :told WHERE walker_id = :walker AND day = :day",
        row.total, row.reached_at, row.confidence, flags, told, walker, row.day);
    return;
  }
  connection.execute(
      "INSERT INTO step_days (walker_id, day, total, reached_at, confidence, flags, told) VALUES (:walker, :day, "
      ":total, :reached_at, :confidence, :flags, :told)",
      walker, row.day, row.total, row.reached_at, row.confidence, flags, told);
}

void remove(Connection& connection, WalkerId walker, time::Day day) {
  connection.execute("DELETE FROM step_days WHERE walker_id = :walker AND day = :day", walker, day);
}

bool remove_some(Connection& connection, WalkerId walker) {
  std::optional<time::Day> last;
  int count = 0;
  connection.each(kLastOfSome.on(connection), args(walker, kRemovedAtOnce), [&](time::Day day) {
    last = day;
    ++count;
  });
  if (last) connection.execute(kRemoveSome.on(connection), walker, *last);
  return count < kRemovedAtOnce;
}

std::vector<DayTotal> days(Connection& connection, WalkerId walker, time::Day from, time::Day to) {
  std::vector<DayTotal> found;
  connection.each(
      kTotals.on(connection), args(walker, from, std::min(to, from + std::chrono::days(kDaysBack + 1))),
      [&](time::Day day, std::int32_t total, time::Timestamp reached_at, int flags, std::int32_t confidence) {
        found.push_back({day, total, reached_at, (flags & kByHours) != 0, confidence});
      });
  return found;
}

std::vector<DayOfWalker> on_day(Connection& connection, std::span<const WalkerId> walkers, time::Day day) {
  constexpr std::array kColumns{storage::ColumnType::integer, storage::ColumnType::integer,
                                storage::ColumnType::integer};
  std::vector<DayOfWalker> found;
  while (!walkers.empty()) {
    const auto some = walkers.first(std::min(walkers.size(), kAskedAtOnce));
    walkers = walkers.subspan(some.size());
    std::vector<storage::Value> values(some.begin(), some.end());
    values.resize(kAskedAtOnce, storage::Value(0));
    values.emplace_back(day);
    connection.run(kOnDay.on(connection), values, kColumns, [&](std::span<const storage::Cell> cells) {
      found.push_back({WalkerId{cells[0].integer}, static_cast<std::int32_t>(cells[1].integer),
                       time::Timestamp(std::chrono::milliseconds(cells[2].integer))});
    });
  }
  return found;
}

}  // namespace dontgoback::walk::steps
