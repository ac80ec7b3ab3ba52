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

}  // namespace dontgoback::storage
