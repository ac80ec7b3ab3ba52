#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/storage/planned.hpp"
#include "dontgoback/time/clock_trust.hpp"

namespace dontgoback::walk::walkers {

/// The statements that remove a table's rows by age, slice by slice. A bound first, then a range: MariaDB 10.11 would
/// walk the whole table for a DELETE … WHERE id IN (SELECT …).
struct Slices {
  /// `name` and `name`-bound, literals; `column` is the moment, and `index` begins with it.
  Slices(std::string_view name, std::string_view bound_name, const std::string& table, const std::string& column,
         const std::string& index, const char* file = __builtin_FILE(), int line = __builtin_LINE())
      : bound(bound_name,
              "SELECT MAX(" + column + ") FROM (SELECT " + column + " FROM " + table + " {" + index + "} WHERE " +
                  column + " >= :from_at AND " + column + " < :until_at ORDER BY " + column + " LIMIT :limit) slice",
              file, line),
        remove(
            name,
            "DELETE FROM " + table + " {" + index + "} WHERE " + column + " >= :from_at AND " + column + " <= :bound",
            file, line) {}

  /// Those of one millisecond go together. How many there were; 0: no more.
  std::int64_t remove_some(storage::Connection& connection, const time::Span& span, int limit) const {
    const auto last =
        connection.one<std::optional<time::Timestamp>>(bound.on(connection), span.from, span.until, limit);
    if (!last || !std::get<0>(*last)) return 0;
    return connection.execute(remove.on(connection), span.from, *std::get<0>(*last));
  }

  storage::Planned bound;
  storage::Planned remove;
};

}  // namespace dontgoback::walk::walkers
