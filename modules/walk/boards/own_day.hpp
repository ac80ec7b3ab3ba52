#pragma once

#include <string>

namespace dontgoback::walk::boards {

/// A day of the walker `w`, by its own clock: one of three that are parameters. In order: `before_NAME`, `NAME_before`,
/// `after_NAME`, `NAME_after`, `NAME_same` (DaysByClock).
inline std::string own_day(const std::string& name) {
  return "CASE WHEN w.offset_minutes < :before_" + name + " THEN :" + name +
         "_before WHEN w.offset_minutes >= :after_" + name + " THEN :" + name + "_after ELSE :" + name + "_same END";
}

}  // namespace dontgoback::walk::boards
