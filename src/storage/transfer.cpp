#include "transfer.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "database_url.hpp"
#include "dontgoback/result.hpp"
#include "host_database.hpp"
#include "maintenance.hpp"
#include "migration_script.hpp"
#include "mysql_connection.hpp"
#include "sqlite_connection.hpp"
#include "tables.hpp"

namespace dontgoback::storage {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr milliseconds kPageLimit{60'000};
constexpr int kBulkCacheKib = 32 * 1024;
constexpr std::int64_t kRowsBetweenProgress = 10'000;
/// The lease that notes an import: leases are not carried over, so none of that name comes with the rows.
constexpr std::string_view kImportLease = "restore";

/// A copy that nobody else has open, without time limits. A card pays for each sync, and a file that is thrown away
/// needs none.
class LoneFile {
 public:
  explicit LoneFile(const fs::path& file, bool may_create = false)
      : connection_({.file = file,
                     .may_create = may_create,
                     .is_draft = true,
                     .cache_kib = kBulkCacheKib,
                     .busy_limit = milliseconds(1000)}) {}
  SqliteConnection& operator*() { return connection_; }
  SqliteConnection* operator->() { return &connection_; }

 private:
  SqliteConnection connection_;
};

class Counter {
 public:
  Counter(std::int64_t total, const Progress& progress) : total_(total), progress_(progress) {}
  void count() {
    if (++done_ % kRowsBetweenProgress == 0 && progress_) progress_(done_, total_);
  }

 private:
  const std::int64_t total_;
  const Progress& progress_;
  std::int64_t done_ = 0;
};

std::set<std::string, std::less<>> module_names(const std::vector<AppliedMigration>& applied) {
  std::set<std::string, std::less<>> names;
  for (const auto& migration : applied) names.insert(migration.module);
  return names;
}

/// The part of `known` that a database in state `applied` has run. Throws when it has more than that.
Migrations known_part(const Migrations& known, Dialect dialect, const std::vector<AppliedMigration>& applied) {
  for (const auto& row : applied) {
    const bool is_known = std::ranges::any_of(known, [&](const Migration& m) { return m.module == row.module; });
    if (!is_known) {
      throw std::runtime_error("the database is newer than this program: it has tables of the module " + row.module);
    }
    if (!row.applied_at) {
      throw Unavailable("migration " + row.module + "/" + std::to_string(row.number) +
                        " of the database was interrupted: let `dontgoback db migrate` end it first");
    }
  }
  outstanding_migrations(known, dialect, applied);  // throws when the texts do not belong together
  Migrations part;
  for (const auto& migration : known) {
    const bool was_run = std::ranges::any_of(applied, [&](const AppliedMigration& row) {
      return row.module == migration.module && row.number == migration.number;
    });
    if (was_run) part.push_back(migration);
  }
  return part;
}

void write_last_ids(Connection& sqlite, const std::map<std::string, std::int64_t>& ids) {
  for (const auto& [table, id] : ids) {
    if (id <= 0) continue;
    if (sqlite.execute("UPDATE sqlite_sequence SET seq = max(seq, :id) WHERE name = :name", id, table) == 0) {
      sqlite.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :id)", table, id);
    }
  }
}

void empty_seeds(Connection& connection, const std::vector<Table>& tables) {
  for (const auto& table : tables) {
    connection.execute("DELETE FROM " + table.name);
  }
}

void export_mariadb(const DatabaseSettings& from, const MysqlAddress& address, const Migrations& known,
                    const fs::path& target, const Progress& progress) {
  // One that connects anew by itself would go on with another state.
  MysqlConnection source({.address = address,
                          .password = from.password,
                          .use = MysqlOptions::Use::write,
                          .statement_limit = kPageLimit,
                          .busy_limit = from.busy_limit});
  source.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
  source.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
  if (!has_migrations_table(source)) {
    throw std::invalid_argument("there is no dontgoback database at " + place_of(from) +
                                ": a new one is made by `dontgoback db migrate` or the server's first start");
  }
  const auto schema = known_part(known, Dialect::mysql, applied_migrations(source));

  LoneFile copy(target, true);
  copy->execute("PRAGMA journal_mode = OFF");  // a copy that is cut short is thrown away
  copy->execute("PRAGMA foreign_keys = OFF");
  copy->begin();
  migrate_connection(*copy, schema);
  const auto tables = tables_of(*copy);
  empty_seeds(*copy, tables);
  std::map<std::string, std::int64_t> counts;
  std::int64_t total = 0;
  for (const auto& table : tables) total += counts[table.name] = row_count(source, table);
  Counter counter(total, progress);
  for (const auto& table : tables) {
    RowWriter writer(*copy, table);
    std::int64_t rows = 0;
    each_row(source, table, [&](std::span<const Cell> row) {
      writer.add(row);
      ++rows;
      counter.count();
    });
    writer.flush();
    if (rows != counts[table.name]) throw std::runtime_error(table.name + ": changed its size while it was read");
  }
  write_last_ids(*copy, last_ids(source, tables));
  copy->commit();
}

const MysqlAddress& mariadb_address(const DatabaseAddress& address) {
  const auto* mysql = std::get_if<MysqlAddress>(&address);
  if (mysql == nullptr) throw std::logic_error("not a MariaDB database");
  return *mysql;
}

MysqlConnection connect(const DatabaseSettings& settings) {
  return MysqlConnection({.address = mariadb_address(parse_database_url(settings)),
                          .password = settings.password,
                          .use = MysqlOptions::Use::write,
                          .statement_limit = settings.statement_limit,
                          .busy_limit = settings.busy_limit});
}

/// The tables that the program's schema has, with the rows that migrations themselves put there.
std::map<std::string, std::int64_t, std::less<>> rows_of_new_database(const Migrations& known) {
  LoneFile fresh(":memory:");
  migrate_connection(*fresh, known);
  std::map<std::string, std::int64_t, std::less<>> rows;
  for (const auto& table : tables_of(*fresh)) rows[table.name] = row_count(*fresh, table);
  return rows;
}

std::string occupied_by(Connection& mariadb, const Migrations& known) {
  const auto expected = rows_of_new_database(known);
  std::vector<std::string> names;
  mariadb.each("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name",
               args(), [&names](std::string name) { names.push_back(std::move(name)); });
  for (const auto& name : names) {
    if (name == "schema_migrations") continue;
    const auto found = expected.find(name);
    if (found == expected.end() && name != "leases") return "it has a table " + name;
    const std::int64_t allowed = found == expected.end() ? 0 : found->second;
    const auto rows = mariadb.one<std::int64_t>("SELECT count(*) FROM (SELECT 1 FROM `" + name + "` LIMIT " +
                                                std::to_string(allowed + 1) + ") AS some_rows");
    if (std::get<0>(rows.value()) > allowed) return "its table " + name + " has rows";
  }
  return {};
}

struct Target {
  SociConnection& connection;
  const std::vector<Table>& tables;
  const Progress& progress;
};

void copy_rows(SqliteConnection& source, const Target& target) {
  std::int64_t total = 0;
  for (const auto& table : target.tables) total += row_count(source, table);
  Counter counter(2 * total, target.progress);  // written, then read again
  for (const auto& table : target.tables) {
    RowsDigest sent;
    RowWriter writer(target.connection, table);
    each_row(source, table, [&](std::span<const Cell> row) {
      sent.add(table, row);
      writer.add(row);
      counter.count();
    });
    writer.flush();
    RowsDigest arrived;
    each_row(target.connection, table, [&](std::span<const Cell> row) {
      arrived.add(table, row);
      counter.count();
    });
    if (arrived.rows() != sent.rows() || arrived.hex() != sent.hex()) {
      throw std::runtime_error(table.name + ": MariaDB gives back other rows than it was given");
    }
  }
}

}  // namespace

std::string place_of(const DatabaseSettings& settings) {
  const auto address = parse_database_url(settings);
  if (const auto* sqlite = std::get_if<SqliteAddress>(&address)) return "sqlite:" + sqlite->file.string();
  const auto& mysql = std::get<MysqlAddress>(address);
  if (!mysql.socket.empty()) return "mysql:///" + mysql.name + "?socket=" + mysql.socket + "&user=" + mysql.user;
  return "mysql://" + mysql.user + "@" + mysql.host + ":" + std::to_string(mysql.port) + "/" + mysql.name;
}

bool is_sqlite(const DatabaseSettings& settings) {
  return std::holds_alternative<SqliteAddress>(parse_database_url(settings));
}

fs::path sqlite_file_of(const DatabaseSettings& settings) {
  const auto address = parse_database_url(settings);
  if (const auto* sqlite = std::get_if<SqliteAddress>(&address)) return sqlite->file;
  throw std::invalid_argument("not an SQLite database");
}

void export_database(const DatabaseSettings& from, const Migrations& known, const fs::path& target,
                     const Progress& progress) {
  const auto address = parse_database_url(from);
  if (const auto* mysql = std::get_if<MysqlAddress>(&address)) {
    return export_mariadb(from, *mysql, known, target, progress);
  }
  backup(from, target);
  known_part(known, Dialect::sqlite, migrations_of(target));
  with_sqlite_file(target, [](Connection& copy) { copy.execute("DELETE FROM leases"); });
}

std::vector<std::string> damage_of(const fs::path& sqlite) {
  std::vector<std::string> problems;
  try {
    LoneFile file(sqlite);
    check_pages(*file, problems);
  } catch (const std::exception& error) {
    problems.emplace_back(error.what());
  }
  return problems;
}

std::vector<AppliedMigration> migrations_of(const fs::path& sqlite) {
  LoneFile file(sqlite);
  std::vector<AppliedMigration> applied;
  try {
    applied = applied_migrations(*file);
  } catch (const std::runtime_error&) {
    throw std::runtime_error("not a database of dontgoback: it has no list of migrations");
  }
  return applied;
}

std::vector<TableContent> contents_of(const fs::path& sqlite) {
  LoneFile file(sqlite);
  std::vector<TableContent> contents;
  const auto tables = tables_of(*file);
  auto ids = last_ids(*file, tables);
  for (const auto& table : tables) {
    RowsDigest digest;
    each_row(*file, table, [&](std::span<const Cell> row) { digest.add(table, row); });
    contents.push_back({table.name, digest.rows(), digest.hex(), ids[table.name]});
  }
  return contents;
}

void with_sqlite_file(const fs::path& sqlite, const std::function<void(Connection&)>& work) {
  LoneFile file(sqlite);
  work(*file);
}

void migrate_file(const fs::path& sqlite, const Migrations& known) {
  LoneFile file(sqlite);
  const auto present = module_names(applied_migrations(*file));
  Migrations wanted;
  for (const auto& migration : known) {
    if (present.contains(migration.module)) wanted.push_back(migration);
  }
  file->begin();
  try {
    migrate_connection(*file, wanted);
  } catch (...) {
    file->rollback();
    throw;
  }
  file->commit();
}

std::string occupied_by(const DatabaseSettings& mariadb, const Migrations& known) {
  auto connection = connect(mariadb);
  return occupied_by(connection, known);
}

void import_database(const fs::path& sqlite, const DatabaseSettings& mariadb, const Migrations& known,
                     const std::string& token, const Progress& progress) {
  LoneFile source(sqlite);
  const auto present = module_names(applied_migrations(*source));
  Migrations wanted;
  for (const auto& migration : known) {
    if (present.contains(migration.module)) wanted.push_back(migration);
  }
  const auto tables = tables_of(*source);
  const auto database = open_database(mariadb);
  dynamic_cast<HostDatabase&>(*database).alone([&](SociConnection& connection) {
    if (const auto what = occupied_by(connection, known); !what.empty()) {
      throw std::invalid_argument("the database " + place_of(mariadb) + " is not empty: " + what);
    }
    migrate_connection(connection, wanted);
    // A schema change, which would commit what was begun.
    for (const auto& [table, id] : last_ids(*source, tables)) {
      connection.run_once("ALTER TABLE `" + table + "` AUTO_INCREMENT = " + std::to_string(id + 1));
    }
    connection.execute("SET SESSION unique_checks = 0, foreign_key_checks = 0");  // checked in the file
    connection.begin();
    try {
      empty_seeds(connection, tables);
      copy_rows(*source, {connection, tables, progress});
      connection.execute("INSERT INTO leases (name, owner, expires_at) VALUES (:name, :owner, 0)", kImportLease, token);
    } catch (...) {
      connection.rollback();
      throw;
    }
    connection.commit();
  });
}

bool import_committed(const DatabaseSettings& mariadb, const std::string& token) {
  auto connection = connect(mariadb);
  const auto there = connection.one<std::int64_t>(
      "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = :name", "leases");
  // Who was killed may have sent the commit, and the server be about to do it: the lock waits for that.
  return there && connection.one<std::int64_t>("SELECT 1 FROM leases WHERE name = :name AND owner = :owner FOR UPDATE",
                                               kImportLease, token);
}

void finish_import(const DatabaseSettings& mariadb, const std::string& token) {
  const auto database = open_database(mariadb);
  dynamic_cast<HostDatabase&>(*database).alone([&](SociConnection& connection) {
    renew_table_statistics(connection);
    connection.execute("DELETE FROM leases WHERE name = :name AND owner = :owner", kImportLease, token);
  });
}

}  // namespace dontgoback::storage
