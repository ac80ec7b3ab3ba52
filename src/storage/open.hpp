#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "dontgoback/storage/database.hpp"
#include "dontgoback/storage/migration.hpp"
#include "sqlite_observer.hpp"

namespace dontgoback::storage {

struct DatabaseSettings {
  /// `sqlite:PATH`, `mysql://USER@HOST:PORT/NAME` or `mysql:///NAME?socket=PATH&user=USER`. Empty: dontgoback.db in
  /// `data_dir`. User, name and socket may be percent-encoded; a password in it is refused.
  std::string url{};
  std::filesystem::path data_dir{};
  std::string password{};  ///< of the MariaDB user
  int readers = 0;         ///< connections for reading at most; 0: a core each but four at most, on MariaDB 16
  bool may_create = true;  ///< an SQLite file that is not there is made
  std::size_t max_waiting_writes = 1024;            ///< SQLite: more are Unavailable at once
  std::chrono::milliseconds statement_limit{5000};  ///< longer statements are Unavailable
  std::chrono::milliseconds busy_limit{3000};       ///< waiting for a lock longer is Unavailable
  SqliteObserver* observer = nullptr;               ///< SQLite: of every statement; outlives the database
};

/// Does not connect yet: a database that is away is Unavailable at the first use, and found again when it is back.
/// An SQLite file is made, readable by its owner only, when it is not there at the first use and may be made.
/// Throws std::invalid_argument, naming the URL, for one that cannot be meant.
/// Destroy it after everything that uses it has ended.
std::unique_ptr<Database> open_database(const DatabaseSettings& settings);

/// The same to read from only: a write is std::logic_error, and nothing on disk changes, not even for the moment: an
/// SQLite file of a stopped node is read as it lies there, with what a kill left in its WAL, also from a directory that
/// cannot be written; beside a server the connection takes part in its locks. For commands: what is read is Unavailable
/// when a server that starts changes the file meanwhile. Not in a process that has the same database open to write.
std::unique_ptr<Database> open_to_read(const DatabaseSettings& settings);

/// Whether the settings are of a database that wants a password.
bool has_password(const DatabaseSettings& settings);

/// The SQLite file that the settings mean, when it is not there; nothing when it is, or for MariaDB.
std::optional<std::filesystem::path> missing_file(const DatabaseSettings& settings);

/// What keeps the database from its work now, in words for an operator (for /readyz); empty: nothing. Finds a full
/// disk, a damaged or replaced file, a server that is away, and that they are healed. Blocks for at most a few seconds.
std::string trouble(Database& database) noexcept;

/// Brings the schema to the state of `migrations`: those of the database's dialect, modules in the order given, numbers
/// ascending, each once, noted in `schema_migrations`. Two nodes may start at once: one waits for the other (on Galera
/// only if both use the same node: start one first).
/// A database that is in that state already is only read. SQLite: all or nothing. MariaDB: a schema change commits by
/// itself, so an interrupted migration is begun again from its first statement, and what is there already ("table
/// exists") is then taken as done; statements that change rows must therefore stand being run twice. Trigger bodies,
/// whose lines end with `;`, cannot be written. Modules the database has and `migrations` does not are left alone:
/// another role's. Throws std::runtime_error, saying which migration, for a changed text, a gap, a database newer than
/// the program or a statement that fails; Unavailable when the database is away or another node migrates for longer
/// than a minute. Returns how many were applied.
std::size_t migrate(Database& database, const Migrations& migrations);

/// What is wrong with the schema, for an operator, unless it is exactly what `migrations` make: that it is older, newer
/// or not there, and what to do. Looks at the modules of `migrations` only, and only reads.
std::optional<std::string> schema_problem(Database& database, const Migrations& migrations);

}  // namespace dontgoback::storage
