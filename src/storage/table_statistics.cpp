#include "table_statistics.hpp"

#include <string>
#include <vector>

namespace dontgoback::storage {

void renew_table_statistics(SociConnection& connection) {
  if (connection.dialect() == Dialect::sqlite) {
    // Rows of each index that are looked at.
    connection.each("PRAGMA analysis_limit = 1000", args(), [](std::int64_t) {});
    connection.execute("ANALYZE");
    return;
  }
  std::vector<std::string> names;
  connection.each(
      "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'",
      args(), [&names](std::string name) { names.push_back(std::move(name)); });
  for (const auto& name : names) connection.run_once("ANALYZE TABLE `" + name + "`");
}

std::uint64_t size_of_tables(Connection& connection) {
  const auto bytes = connection.one<std::optional<std::int64_t>>(
      "SELECT CAST(SUM(data_length + index_length) AS SIGNED) FROM information_schema.tables WHERE table_schema = "
      "DATABASE()");
  return bytes ? static_cast<std::uint64_t>(std::get<0>(*bytes).value_or(0)) : 0;
}

}  // namespace dontgoback::storage
