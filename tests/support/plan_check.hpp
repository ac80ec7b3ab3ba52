#pragma once

#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "dontgoback/storage/sql.hpp"

namespace sqlite_api {
struct sqlite3;
}

namespace dontgoback::test {

/// Refuses statements of the product that walk rows and have no plan of their own (`storage::Planned`): those that
/// SQLite would read a table or an index for from end to end, a range of one without an end, or all rows of a key that
/// is not unique, and those it would sort for. What looks rows up one by one may do without, and so may what is about a
/// small table.
class PlanCheck {
 public:
  /// `sql` runs next on the connection.
  void runs(sqlite_api::sqlite3* connection, const storage::Sql& sql);
  std::vector<std::string> violations() const;

 private:
  mutable std::mutex mutex_;
  std::set<std::string, std::less<>> seen_;
  std::set<std::string> violations_;
};

/// The lines of EXPLAIN QUERY PLAN; none when the statement cannot be prepared just now.
std::vector<std::string> sqlite_plan(sqlite_api::sqlite3* connection, std::string_view sql);

/// What is wrong with a line of a plan of SQLite for a statement without a plan of its own; empty: nothing.
std::string walks(std::string_view line);

}  // namespace dontgoback::test
