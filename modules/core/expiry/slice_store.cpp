#include "expiry.hpp"

namespace dontgoback::core::expiry {

Slices::Slices(std::string_view name, std::string_view bound_name, const std::string& table, const std::string& column,
               const std::string& index, const char* file, int line)
    : bound(bound_name,
            "SELECT MAX(" + column + ") FROM (SELECT " + column + " FROM " + table + " {" + index + "} WHERE " +
                column + " >= :from_at AND " + column + " < :until_at ORDER BY " + column + " LIMIT :limit) slice",
            file, line),
      remove(name,
             "DELETE FROM " + table + " {" + index + "} WHERE " + column + " >= :from_at AND " + column + " <= :bound",
             file, line) {}

std::int64_t remove_slice(storage::Connection& connection, const Slices& slices, const time::Span& span, int limit) {
  const auto last =
      connection.one<std::optional<time::Timestamp>>(slices.bound.on(connection), span.from, span.until, limit);
  if (!last || !std::get<0>(*last)) return 0;
  return connection.execute(slices.remove.on(connection), span.from, *std::get<0>(*last));
}

}  // namespace dontgoback::core::expiry
