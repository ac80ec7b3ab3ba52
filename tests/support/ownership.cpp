#include "support/ownership.hpp"

// As soci-sqlite3.h does; it would include it without what is optional in SQLite.
namespace sqlite_api {
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include <sqlite3.h>
}  // namespace sqlite_api

namespace dontgoback::test {

using namespace sqlite_api;

void OwnershipCheck::runs(sqlite3* connection, const storage::Sql& sql) {
  const std::lock_guard lock(mutex_);
  auto& running = running_[connection];
  running.folder = owners_.folder_of(sql.file());
  running.place = std::string(sql.file()) + ":" + std::to_string(sql.line());
  running.text = sql.text();
  running.exempt = owners_.exempt(running.folder);
  sqlite3_preupdate_hook(connection, &changed, this);
  if (!running.exempt && seen_.insert(running.folder + '\n' + running.text).second) examine(connection, running);
}

/// Prepares it once more to hear what it is about. Without foreign keys, because their actions and checks would be
/// reported as if the statement had them: what they change in fact is heard by `changed`.
void OwnershipCheck::examine(sqlite3* connection, const Running& running) {
  int foreign_keys = 0;
  sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_FKEY, -1, &foreign_keys);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_FKEY, 0, nullptr);
  examined_ = &running;
  sqlite3_set_authorizer(connection, &allowed, this);
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(connection, running.text.c_str(), -1, &statement, nullptr);
  sqlite3_finalize(statement);
  sqlite3_set_authorizer(connection, nullptr, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_FKEY, foreign_keys, nullptr);
  // The schema can be held by another connection just now; a statement that is wrong in itself fails when it runs.
  if (code != SQLITE_OK) seen_.erase(running.folder + '\n' + running.text);
}

int OwnershipCheck::allowed(void* self, int action, const char* table, const char* column, const char* database,
                            const char*) {
  auto& check = *static_cast<OwnershipCheck*>(self);
  const auto& running = *check.examined_;
  const bool reads = action == SQLITE_READ;
  const bool writes = action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE;
  if ((!reads && !writes) || (database != nullptr && std::string_view(database) != "main")) return SQLITE_OK;
  // Rows that are only counted; what `WITH` names is told in the same way.
  if (reads && *column == '\0' && check.owners_.owner_of(table).empty()) return SQLITE_OK;
  if (check.owners_.owner_of(table) == running.folder) return SQLITE_OK;
  if (writes) {
    check.refuse(running, std::string("writes ") + table, table);
  } else if (!check.owners_.publishes(table, column)) {
    check.refuse(running, std::string("reads ") + table + (*column == '\0' ? "" : ".") + column, table);
  }
  return SQLITE_OK;
}

void OwnershipCheck::changed(void* self, sqlite3* connection, int, const char* database, const char* table,
                             sqlite3_int64, sqlite3_int64) {
  if (sqlite3_preupdate_depth(connection) == 0 || std::string_view(database) != "main") return;
  auto& check = *static_cast<OwnershipCheck*>(self);
  const std::lock_guard lock(check.mutex_);
  const auto& running = check.running_.at(connection);
  if (running.exempt || check.owners_.owner_of(table) == running.folder) return;
  check.refuse(running, std::string("changes rows of ") + table + " by a foreign key or a trigger", table);
}

void OwnershipCheck::refuse(const Running& running, const std::string& what, const std::string& table) {
  const auto owner = owners_.owner_of(table);
  violations_.insert(running.place + " " + what + ", " +
                     (owner.empty() ? "which nobody owns" : "which " + owner + " owns") + ": " + running.text);
}

std::vector<std::string> OwnershipCheck::violations() const {
  const std::lock_guard lock(mutex_);
  return {violations_.begin(), violations_.end()};
}

}  // namespace dontgoback::test
