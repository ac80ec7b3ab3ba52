#pragma once

#include <string>
#include <string_view>

// What other parts' SQL says of days. The columns they may read are in tables.txt.
namespace dontgoback::walk::steps {

/// Days, as `d`, of the walker whose id is `d.walker_id`: the beginning of a `storage::Planned`.
inline std::string planned_days() { return "FROM step_days d {PRIMARY} "; }

/// The row of a day of the walker whose id is in `walker`, as `d`, to be joined next in a `storage::Planned`: nothing
/// where it has none. `day` is an expression.
inline std::string planned_left_join(std::string_view d, std::string_view walker, std::string_view day) {
  return "LEFT JOIN step_days " + std::string(d) + " {PRIMARY} ON " + std::string(d) +
         ".walker_id = " + std::string(walker) + " AND " + std::string(d) + ".day = " + std::string(day);
}

/// The same of the days between two, both included.
inline std::string planned_left_join_days(std::string_view d, std::string_view walker, std::string_view from,
                                          std::string_view to) {
  return "LEFT JOIN step_days " + std::string(d) + " {PRIMARY} ON " + std::string(d) +
         ".walker_id = " + std::string(walker) + " AND " + std::string(d) + ".day BETWEEN " + std::string(from) +
         " AND " + std::string(to);
}

/// The rows of days, as `d`: the beginning of a `storage::Planned`, with a walker and days in its WHERE.
inline std::string planned_days(std::string_view d) { return "FROM step_days " + std::string(d) + " {PRIMARY}"; }

}  // namespace dontgoback::walk::steps
