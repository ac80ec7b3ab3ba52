#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/storage/migration.hpp"
#include "dontgoback/time/clock.hpp"
#include "soci_connection.hpp"

namespace dontgoback::storage {

/// A row of `schema_migrations`.
struct AppliedMigration {
  std::string module;
  int number = 0;
  std::string name;
  std::string checksum;
  std::optional<time::Timestamp> applied_at;  ///< nothing: begun on MariaDB, and not known to have ended
};

bool has_migrations_table(Connection& connection);

void create_migrations_table(Connection& connection);

/// By module and number; none where there is no such table.
std::vector<AppliedMigration> applied_migrations(Connection& connection);

struct OutstandingMigration {
  Migration migration;
  bool begun = false;
};

/// What is to be run on a database in state `applied`, in order. Throws std::runtime_error when the two do not belong
/// together: see `migrate`.
std::vector<OutstandingMigration> outstanding_migrations(const Migrations& migrations, Dialect dialect,
                                                         const std::vector<AppliedMigration>& applied);

/// `migrate` on a connection that nobody else writes beside.
std::size_t migrate_connection(SociConnection& connection, const Migrations& migrations);

/// `core/1 accounts`.
std::string title_of(const Migration& migration);

}  // namespace dontgoback::storage
