#pragma once

#include <cstddef>
#include <string>

namespace dontgoback::core::feed {

/// `WITH v (id) AS (VALUES (:i0), (:i1), …)`: ids to look rows up by, to begin a statement with. Not an IN, for which
/// SQLite reads a table whole that it takes for small.
inline std::string with_ids(std::size_t count) {
  std::string values;
  for (std::size_t i = 0; i < count; ++i) values.append(i == 0 ? "(:i" : ", (:i").append(std::to_string(i)).append(")");
  return "WITH v (id) AS (VALUES " + values + ") ";
}

}  // namespace dontgoback::core::feed
