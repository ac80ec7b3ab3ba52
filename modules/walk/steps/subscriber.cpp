#include "walker_days.hpp"

namespace dontgoback::walk::steps {
namespace {

class DaysOfWalkers final : public walkers::Subscriber {
  /// Each day is made anew of what both told. Limits are the defaults: confidence is made anew at the next update.
  void merged(storage::Connection& connection, WalkerId from, WalkerId to) const override {
    const auto rows = rows_between(connection, from, time::Day::from_number(0), time::Day::from_number(kLastDay));
    if (rows.empty()) return;
    const std::vector<time::Day> days{rows.front().day, rows.back().day};
    WalkerDays walker(connection, to, days);
    if (walker.refused()) return;
    time::Timestamp now{};
    for (const auto& row : rows) {
      walker.take_over(row);
      now = std::max(now, row.reached_at);
    }
    std::vector<Listener::Change> changes;
    walker.settle({}, now, changes);
  }
  bool removed_some(storage::Connection& connection, WalkerId walker) const override {
    return remove_some(connection, walker);
  }
  void removed(storage::Connection& connection, WalkerId walker) const override {
    while (!remove_some(connection, walker)) continue;
  }

  static constexpr std::int64_t kLastDay = 2'932'896;  // 9999-12-31
};

}  // namespace

const walkers::Subscriber& subscriber() {
  static const DaysOfWalkers kSubscriber;
  return kSubscriber;
}

}  // namespace dontgoback::walk::steps
