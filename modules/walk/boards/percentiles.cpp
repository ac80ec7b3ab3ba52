#include "percentiles.hpp"

#include <algorithm>
#include <vector>

#include "percentile_store.hpp"
#include "steps/steps.hpp"

namespace dontgoback::walk::boards {
namespace {

using storage::Connection;

constexpr int kAtOnce = 500;

/// How many have so many steps.
class Totals {
 public:
  Totals() : with_(static_cast<std::size_t>(steps::kMostSteps) + 1) {}
  void add(std::int64_t total) {
    ++with_[place_of(total)];
    ++all_;
  }
  /// Once all are there.
  void add_up() {
    std::uint32_t less = 0;
    for (auto& each : with_) less += std::exchange(each, less);
  }
  std::optional<std::int64_t> percent_of(std::int64_t total) const {
    if (all_ < kFewest) return std::nullopt;
    return std::int64_t{with_[place_of(total)]} * 100 / (all_ - 1);
  }
  std::int64_t all() const { return all_; }

 private:
  static std::size_t place_of(std::int64_t total) {
    return static_cast<std::size_t>(std::clamp<std::int64_t>(total, 0, steps::kMostSteps));
  }
  std::vector<std::uint32_t> with_;  // then: with fewer
  std::int64_t all_ = 0;
};

/// Calls `work` with each slice of those who are compared, in a transaction of its own that may run more than once, and
/// `done` after.
template <class Work, class Done>
void in_slices(storage::Database& database, const Looking& looking, const std::function<bool()>& goes_on, Work work,
               Done done) {
  for (WalkerId last{0}; goes_on();) {
    const auto slice = database.write([&](Connection& connection) {
      auto some = counting_after(connection, last, looking, kAtOnce);
      for (auto& each : some) work(connection, each);
      return some;
    });
    for (const auto& each : slice) done(each);
    if (slice.size() < kAtOnce) return;
    last = slice.back().counted.walker;
  }
}

}  // namespace

Percentile percentile_of(Connection& connection, WalkerId walker) {
  const auto compared = find_compared(connection, walker);
  if (!compared) return {};
  return {true, compared->percent};
}

void set_opted_in(Connection& connection, WalkerId walker, bool opts_in) {
  opts_in ? add_compared(connection, walker) : drop_compared(connection, walker);
}

std::int64_t renew_percentiles(storage::Database& database, const Looking& looking,
                               const std::function<bool()>& goes_on) {
  Totals totals;
  in_slices(
      database, looking, goes_on,
      [](Connection& connection, Counting& each) {
        auto& counted = each.counted;
        const auto total = counted.day == each.today ? std::max(counted.total, each.steps) : each.steps;
        if (counted.day == each.today && counted.total == total) return;
        set_total(connection, counted.walker, each.today, total);
        counted.total = total;
      },
      [&](const Counting& each) { totals.add(each.counted.total); });
  totals.add_up();
  in_slices(
      database, looking, goes_on,
      [&](Connection& connection, Counting& each) {
        const auto percent = totals.percent_of(each.counted.total);
        if (percent != each.counted.percent) set_percent(connection, each.counted.walker, percent);
      },
      [](const Counting&) {});
  return totals.all();
}

}  // namespace dontgoback::walk::boards
