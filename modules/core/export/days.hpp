#pragma once

#include "assets/assets.hpp"
#include "source.hpp"

namespace dontgoback::core::exports {

/// Calls `row` for each day that is shown as of `today`.
template <class Row>
void each_day(const Source& source, time::Day today, const Row& row) {
  const auto page = [today](storage::Connection& connection, UserId user, time::Day after, int limit) {
    return assets::own_days(connection, user, after, today, limit);
  };
  source.each(time::Day::from_number(-1'000'000), page, &assets::OwnDay::day, row);  // before all days
}

}  // namespace dontgoback::core::exports
