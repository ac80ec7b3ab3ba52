#include <stdexcept>

#include "failures.hpp"
#include "host_database.hpp"
#include "migration_script.hpp"
#include "open.hpp"
#include "schema_state.hpp"

namespace dontgoback::storage {
namespace {

std::int64_t now() { return time::SystemClock{}.now().time_since_epoch().count(); }

void run_statements(SociConnection& connection, const OutstandingMigration& outstanding) {
  for (const auto& statement : split_statements(outstanding.migration.sql)) {
    try {
      connection.run_once(statement);
    } catch (const AlreadyDone&) {
      if (!outstanding.begun) throw;
    }
  }
}

void apply(SociConnection& connection, const OutstandingMigration& outstanding) {
  const auto& migration = outstanding.migration;
  // Noted before it is run: where schema changes commit by themselves, a second try must know that there was a first.
  if (!outstanding.begun) {
    connection.execute(
        "INSERT INTO schema_migrations (module, number, name, checksum) VALUES (:module, :number, :name, :checksum)",
        migration.module, migration.number, migration.name, checksum(migration.sql));
  }
  try {
    run_statements(connection, outstanding);
  } catch (const Unavailable&) {
    throw;
  } catch (const std::exception& error) {
    throw std::runtime_error("migration " + title_of(migration) + " failed: " + error.what());
  }
  connection.execute("UPDATE schema_migrations SET applied_at = :now WHERE module = :module AND number = :number",
                     now(), migration.module, migration.number);
}

enum class Schema { none, older, current };

/// By reading alone: a node that has nothing to write must start on a full disk, too.
Schema schema_of(Database& database, const Migrations& migrations) {
  return database.read([&migrations](Connection& connection) {
    if (!has_migrations_table(connection)) return Schema::none;
    const auto outstanding = outstanding_migrations(migrations, connection.dialect(), applied_migrations(connection));
    return outstanding.empty() ? Schema::current : Schema::older;
  });
}

}  // namespace

std::size_t migrate_connection(SociConnection& connection, const Migrations& migrations) {
  create_migrations_table(connection);
  const auto outstanding = outstanding_migrations(migrations, connection.dialect(), applied_migrations(connection));
  for (const auto& next : outstanding) apply(connection, next);
  return outstanding.size();
}

std::size_t migrate(Database& database, const Migrations& migrations) {
  const auto before = schema_of(database, migrations);
  if (before == Schema::current) return 0;
  std::size_t count = 0;
  dynamic_cast<HostDatabase&>(database).alone(
      [&](SociConnection& connection) { count = migrate_connection(connection, migrations); });
  // Of new columns and indexes of tables with rows the planner knows nothing.
  if (before == Schema::older && count > 0) database.renew_table_statistics();
  return count;
}

}  // namespace dontgoback::storage
