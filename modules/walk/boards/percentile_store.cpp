#include "percentile_store.hpp"

#include "dontgoback/storage/planned.hpp"
#include "own_day.hpp"
#include "steps/fragments.hpp"

namespace dontgoback::walk::boards {
namespace {

using storage::args;
using storage::Connection;
using storage::Dialect;
using storage::Planned;

const Planned kCounting("boards/percentiles",
                        "SELECT p.walker_id, p.day, p.total, p.percent, w.offset_minutes, CASE WHEN d.confidence < "
                        ":least THEN 0 ELSE d.total END FROM percentiles p {PRIMARY} " +
                            walkers::planned_join("w", "p.walker_id") + " " +
                            steps::planned_left_join("d", "p.walker_id", own_day("to")) +
                            " WHERE p.walker_id > :id AND " + walkers::is_active("w") + " AND " +
                            walkers::shares_steps("w") + " ORDER BY p.walker_id LIMIT :limit");

}  // namespace

std::optional<Compared> find_compared(Connection& connection, WalkerId walker) {
  const auto row = connection.one<time::Day, std::int64_t, std::optional<std::int64_t>>(
      "SELECT day, total, percent FROM percentiles WHERE walker_id = :walker", walker);
  if (!row) return std::nullopt;
  return Compared{walker, std::get<0>(*row), std::get<1>(*row), std::get<2>(*row)};
}

void add_compared(Connection& connection, WalkerId walker) {
  connection.execute(connection.dialect() == Dialect::sqlite
                         ? "INSERT OR IGNORE INTO percentiles (walker_id, day, total, percent) VALUES (:walker, 0, 0, "
                           "NULL)"
                         : "INSERT INTO percentiles (walker_id, day, total, percent) VALUES (:walker, 0, 0, NULL) ON "
                           "DUPLICATE KEY UPDATE day = day",
                     walker);
}

void drop_compared(Connection& connection, WalkerId walker) {
  connection.execute("DELETE FROM percentiles WHERE walker_id = :walker", walker);
}

void set_total(Connection& connection, WalkerId walker, time::Day day, std::int64_t total) {
  connection.execute("UPDATE percentiles SET day = :day, total = :total WHERE walker_id = :walker", day, total, walker);
}

void set_percent(Connection& connection, WalkerId walker, std::optional<std::int64_t> percent) {
  connection.execute("UPDATE percentiles SET percent = :percent WHERE walker_id = :walker", percent, walker);
}

std::vector<Counting> counting_after(Connection& connection, WalkerId last, const Looking& looking, int limit) {
  const auto by_clock = days_by_clock(Period::today, looking.now);
  const auto& [before, same, after] = by_clock.days;
  std::vector<Counting> found;
  connection.each(
      kCounting.on(connection),
      args(looking.least_confidence, by_clock.before, before.to, by_clock.after, after.to, same.to, last, limit),
      [&](WalkerId walker, time::Day day, std::int64_t total, std::optional<std::int64_t> percent, std::int64_t offset,
          std::optional<std::int64_t> steps) {
        found.push_back({{walker, day, total, percent}, by_clock.of(offset).to, steps.value_or(0)});
      });
  return found;
}

}  // namespace dontgoback::walk::boards
