#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "open.hpp"
#include "schema_state.hpp"

// A whole database as one SQLite file, whatever it lives in: for backups and for the move between the two kinds.
namespace dontgoback::storage {

/// Rows done and rows there are.
using Progress = std::function<void(std::int64_t done, std::int64_t total)>;

/// What a table holds.
struct TableContent {
  std::string name;
  std::int64_t rows = 0;
  std::string digest;        ///< see RowsDigest
  std::int64_t last_id = 0;  ///< the last one given, where ids count up
};

/// Where a database is, for people: a file, or MariaDB's name without a password.
std::string place_of(const DatabaseSettings& settings);
bool is_sqlite(const DatabaseSettings& settings);
/// The file of an SQLite database. Throws std::invalid_argument for another.
std::filesystem::path sqlite_file_of(const DatabaseSettings& settings);

/// Writes one state of the database to the new SQLite file `target`, while servers may write to it: all rows but
/// leases, with the schema the database has. `known` are the migrations of every module there is, in both dialects.
/// MariaDB: read in one consistent snapshot. Throws std::runtime_error when the database has migrations that `known`
/// has not, Unavailable when it is away, full, or being migrated.
void export_database(const DatabaseSettings& from, const Migrations& known, const std::filesystem::path& target,
                     const Progress& progress);

/// What wrong there is with the SQLite file itself: pages, indexes, rows that point to nothing. Nobody else has it
/// open.
std::vector<std::string> damage_of(const std::filesystem::path& sqlite);
/// Throws std::runtime_error when it is no database of this program.
std::vector<AppliedMigration> migrations_of(const std::filesystem::path& sqlite);
/// Each table's rows counted and summed up, in order of name.
std::vector<TableContent> contents_of(const std::filesystem::path& sqlite);
/// Runs `work` on the file alone, and leaves everything in the file itself (no WAL).
void with_sqlite_file(const std::filesystem::path& sqlite, const std::function<void(Connection&)>& work);
/// Brings the file's schema to that of `known`, for those modules whose tables it has.
void migrate_file(const std::filesystem::path& sqlite, const Migrations& known);

/// Why `import_database` would refuse MariaDB's database: it holds something. Empty when it is empty.
std::string occupied_by(const DatabaseSettings& mariadb, const Migrations& known);

/// Puts everything of the SQLite file into an empty MariaDB database, its schema made first: all rows in one
/// transaction, read again and compared before it is committed, so that a kill leaves it as empty as it was. `token` is
/// noted in the same transaction. Ids go on after the last one given. Throws std::invalid_argument when it is occupied.
void import_database(const std::filesystem::path& sqlite, const DatabaseSettings& mariadb, const Migrations& known,
                     const std::string& token, const Progress& progress);
/// Whether an import with that token was committed and not finished. One that the server is still at is waited for;
/// throws when that takes long.
bool import_committed(const DatabaseSettings& mariadb, const std::string& token);
/// After import: brings MariaDB's statistics up to date, without which plans are bad, and forgets the token.
void finish_import(const DatabaseSettings& mariadb, const std::string& token);

}  // namespace dontgoback::storage
