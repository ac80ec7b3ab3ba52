#pragma once

#include <mutex>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "storage/sqlite_observer.hpp"
#include "support/table_owners.hpp"

namespace dontgoback::test {

/// Holds each statement of a database to the tables of the folder its source file stands in: it may write its own, and
/// read its own and what other owners publish. Rows that a foreign key or a trigger changes by the way must be its own,
/// too: the schema's ON DELETE CASCADE is a net under owners that have removed their rows before.
class OwnershipCheck final : public storage::SqliteObserver {
 public:
  explicit OwnershipCheck(TableOwners owners) : owners_(std::move(owners)) {}

  void runs(sqlite_api::sqlite3* connection, const storage::Sql& sql) override;
  /// What statements did that they may not, each once.
  std::vector<std::string> violations() const;

 private:
  struct Running {
    std::string folder;
    std::string place;  // file:line
    std::string text;
    bool exempt = false;
  };

  void examine(sqlite_api::sqlite3* connection, const Running& running);
  static int allowed(void* self, int action, const char* table, const char* column, const char* database, const char*);
  static void changed(void* self, sqlite_api::sqlite3* connection, int, const char* database, const char* table,
                      long long, long long);
  void refuse(const Running& running, const std::string& what, const std::string& table);

  const TableOwners owners_;
  mutable std::recursive_mutex mutex_;
  std::unordered_map<sqlite_api::sqlite3*, Running> running_;
  const Running* examined_ = nullptr;
  std::set<std::string> seen_;
  std::set<std::string> violations_;
};

}  // namespace dontgoback::test
