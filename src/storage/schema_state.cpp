#include "schema_state.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "migration_script.hpp"
#include "open.hpp"

namespace dontgoback::storage {
namespace {

using Numbered = std::map<int, const Migration*>;

/// Modules in the order given, each with its migrations of the dialect.
std::vector<std::pair<std::string_view, Numbered>> by_module(const Migrations& migrations, Dialect dialect) {
  std::vector<std::pair<std::string_view, Numbered>> modules;
  for (const auto& migration : migrations) {
    if (migration.dialect != dialect) continue;
    auto found = std::ranges::find(modules, migration.module, &std::pair<std::string_view, Numbered>::first);
    if (found == modules.end()) found = modules.insert(modules.end(), {migration.module, {}});
    if (!found->second.emplace(migration.number, &migration).second) {
      throw std::runtime_error("migration " + title_of(migration) + ": its number is there twice");
    }
  }
  for (const auto& [module, numbered] : modules) {
    if (numbered.begin()->first != 1 || numbered.rbegin()->first != static_cast<int>(numbered.size())) {
      throw std::runtime_error("the migrations of " + std::string(module) +
                               " are not numbered 1, 2, 3 … without a gap");
    }
  }
  return modules;
}

void check_applied(const AppliedMigration& applied, const Numbered& known) {
  const auto found = known.find(applied.number);
  const std::string title = applied.module + "/" + std::to_string(applied.number) + " " + applied.name;
  if (found == known.end()) {
    throw std::runtime_error("the database is newer than this program: it has migration " + title +
                             ", and this program knows " + applied.module + " up to " + std::to_string(known.size()) +
                             "; use the version of dontgoback that made it, or a newer one");
  }
  if (applied.checksum != checksum(found->second->sql)) {
    throw std::runtime_error("migration " + title + " is not the text that was applied to this database");
  }
}

}  // namespace

std::string title_of(const Migration& migration) {
  return std::string(migration.module) + "/" + std::to_string(migration.number) + " " + std::string(migration.name);
}

bool has_migrations_table(Connection& connection) {
  const auto found = connection.one<std::int64_t>(
      connection.dialect() == Dialect::sqlite
          ? "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations'"
          : "SELECT count(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND "
            "table_name = 'schema_migrations'");
  return found && std::get<0>(*found) != 0;
}

void create_migrations_table(Connection& connection) {
  connection.execute(
      connection.dialect() == Dialect::sqlite
          ? "CREATE TABLE IF NOT EXISTS schema_migrations (module TEXT NOT NULL, number INTEGER NOT NULL, "
            "name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER, "
            "PRIMARY KEY (module, number)) WITHOUT ROWID"
          : "CREATE TABLE IF NOT EXISTS schema_migrations (module VARCHAR(64) NOT NULL, number INT NOT "
            "NULL, name VARCHAR(128) NOT NULL, checksum CHAR(16) NOT NULL, applied_at BIGINT, "
            "PRIMARY KEY (module, number)) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
}

std::vector<AppliedMigration> applied_migrations(Connection& connection) {
  std::vector<AppliedMigration> applied;
  const auto table = connection.one<std::int64_t>(
      connection.dialect() == Dialect::sqlite
          ? "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'schema_migrations'"
          : "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = "
            "'schema_migrations'");
  if (!table || std::get<0>(*table) == 0) return applied;
  connection.each(
      "SELECT module, number, name, checksum, applied_at FROM schema_migrations ORDER BY module, number", args(),
      [&applied](std::string module, int number, std::string name, std::string sum, std::optional<time::Timestamp> at) {
        applied.push_back({std::move(module), number, std::move(name), std::move(sum), at});
      });
  return applied;
}

std::vector<OutstandingMigration> outstanding_migrations(const Migrations& migrations, Dialect dialect,
                                                         const std::vector<AppliedMigration>& applied) {
  std::vector<OutstandingMigration> outstanding;
  for (const auto& [module, known] : by_module(migrations, dialect)) {
    int last = 0;
    bool is_last_begun = false;
    for (const auto& row : applied) {
      if (row.module != module) continue;
      check_applied(row, known);
      if (row.number != last + 1 || is_last_begun) {
        throw std::runtime_error("the database lacks migration " + title_of(*known.at(last + 1)) +
                                 " but has a later one");
      }
      is_last_begun = !row.applied_at;
      last += is_last_begun ? 0 : 1;
    }
    for (auto next = known.upper_bound(last); next != known.end(); ++next) {
      outstanding.push_back({*next->second, is_last_begun && next->first == last + 1});
    }
  }
  return outstanding;
}

std::optional<std::string> schema_problem(Database& database, const Migrations& migrations) {
  static const std::string kMend = ": run `dontgoback db migrate`, or start the server, which does the same";
  const auto applied = database.read([](Connection& connection) { return applied_migrations(connection); });
  if (applied.empty()) return "the database is empty" + kMend;
  try {
    const auto outstanding = outstanding_migrations(migrations, database.dialect(), applied);
    if (outstanding.empty()) return std::nullopt;
    const auto& [next, begun] = outstanding.front();
    if (std::ranges::count(applied, next.module, &AppliedMigration::module) == 0) {
      return "the database has no tables of " + std::string(next.module) +
             ", so it is of a node that does not run it (look at --role and --data-dir), or older than this program" +
             kMend;
    }
    return "the database is older than this program: migration " + title_of(next) +
           (begun ? " was interrupted" : " is not applied") + kMend;
  } catch (const std::runtime_error& of_another_program) {
    return of_another_program.what();
  }
}

}  // namespace dontgoback::storage
