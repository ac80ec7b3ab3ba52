#pragma once

#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "manifest.hpp"
#include "storage/open.hpp"

// How a restore becomes true at once. Everything is staged in the folder `.restore` of the data directory (a database
// elsewhere beside its place), then a journal is written there, then all is moved. Whoever finds the folder without a
// journal throws it away; with one, moves what is left: so a restore that was killed is nothing or all.
namespace dontgoback::backup {

struct Placement {
  struct Move {  ///< a file of the data directory, or the database: the name is free
    std::string from;
    std::string to;
  };
  struct Elsewhere {  ///< a file that is never put over another
    std::string from;
    std::string to;
    std::int64_t mode;
    std::string owner;
    std::string group;
  };
  std::string backup;   ///< ArchiveReader::id
  std::string token;    ///< with a MariaDB database: what its import is noted by
  std::string mariadb;  ///< its place; empty for SQLite or none
  // Absolute, or relative to the data directory: what is in it is there also when the folder has another name by now.
  std::vector<Move> moves;
  std::vector<Elsewhere> elsewhere;
};
BOOST_DESCRIBE_STRUCT(Placement::Move, (), (from, to))
BOOST_DESCRIBE_STRUCT(Placement::Elsewhere, (), (from, to, mode, owner, group))
BOOST_DESCRIBE_STRUCT(Placement, (), (backup, token, mariadb, moves, elsewhere))

std::filesystem::path staging_folder(const std::filesystem::path& data_dir);
/// Where a database that is not in the data directory is staged: on its own file system.
std::filesystem::path staged_database(const std::filesystem::path& database);

/// Makes the restore true, unless it waits for MariaDB: then once that has committed.
void write_journal(const std::filesystem::path& data_dir, const Placement& placement);
/// What a restore that was killed has staged and placed is not all there any more, or its names are taken. Says what to
/// do. Nothing of it has been moved or removed.
class CannotComplete : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Moves everything, ends MariaDB's import, and forgets the journal. Returns what became of the files elsewhere: a
/// sentence each. Throws CannotComplete.
std::vector<std::string> carry_out(const std::filesystem::path& data_dir, const Placement& placement,
                                   const storage::DatabaseSettings* database);
void throw_away(const std::filesystem::path& data_dir, const storage::DatabaseSettings* database);

enum class Recovered { nothing, thrown_away, completed };
/// Ends what a restore that was killed has left, if anything. Under the data directory's lock. `database` is null when
/// the node keeps none. Adds to `said` what `carry_out` returns. Throws CannotComplete; std::runtime_error when the
/// restore was into another MariaDB database than is configured.
Recovered recover(const std::filesystem::path& data_dir, const storage::DatabaseSettings* database,
                  std::vector<std::string>& said);
/// Whether `recover` has something to complete: until then the node's files are not all there.
bool awaits_recovery(const std::filesystem::path& data_dir);
/// The id of the backup whose restore awaits recovery. Throws CannotComplete when that cannot be read.
std::string interrupted_backup(const std::filesystem::path& data_dir);

}  // namespace dontgoback::backup
