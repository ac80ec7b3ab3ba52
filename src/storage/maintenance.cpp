#include "maintenance.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "database_url.hpp"
#include "dontgoback/result.hpp"
#include "mysql_connection.hpp"
#include "schema_state.hpp"
#include "security/files/private_file.hpp"
#include "sqlite_connection.hpp"
#include "sqlite_reading.hpp"
#include "table_statistics.hpp"

namespace dontgoback::storage {
namespace {

namespace fs = std::filesystem;

fs::path sqlite_file(const DatabaseSettings& settings) {
  const auto address = parse_database_url(settings);
  if (const auto* sqlite = std::get_if<SqliteAddress>(&address)) return sqlite->file;
  throw std::invalid_argument("this is for SQLite only: use mariadb-dump and mariadb for a MariaDB database");
}

/// Without a time limit for its statements.
SqliteConnection open_sqlite(const DatabaseSettings& settings, const fs::path& file) {
  return SqliteConnection({.file = file, .busy_limit = settings.busy_limit});
}

fs::path beside(const fs::path& file, std::string_view suffix) {
  return fs::path(file.string() + "." + std::string(suffix) + std::to_string(::getpid()));
}

[[noreturn]] void fail(const fs::path& path) {
  throw Unavailable(path.string() + ": " + std::generic_category().message(errno));
}

void sync(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) fail(path);
  const int result = ::fsync(file);
  ::close(file);
  if (result != 0) fail(path);
}

/// Durable: the file, then its name.
void move_into_place(const fs::path& from, const fs::path& to) {
  sync(from);
  if (::rename(from.c_str(), to.c_str()) != 0) fail(to);
  sync(to.parent_path());
}

/// Removes a file that did not get its final name.
class Draft {
 public:
  explicit Draft(fs::path path) : path_(std::move(path)) {
    std::error_code ignored;
    fs::remove(path_, ignored);
    const int file = ::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) fail(path_);
    ::close(file);
    security::give_to_owner_of(path_.parent_path(), path_);
  }
  ~Draft() {
    std::error_code ignored;
    for (const auto* suffix : {"", "-wal", "-shm", "-journal"}) fs::remove(path_.string() + suffix, ignored);
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

void check_schema(Connection& connection, const Migrations& migrations, std::vector<std::string>& problems) {
  try {
    const auto applied = applied_migrations(connection);
    for (const auto& outstanding : outstanding_migrations(migrations, connection.dialect(), applied)) {
      problems.push_back("migration " + title_of(outstanding.migration) +
                         (outstanding.begun ? " was interrupted" : " is not applied"));
    }
  } catch (const Unavailable&) {
    throw;
  } catch (const std::runtime_error& error) {
    problems.emplace_back(error.what());
  }
}

/// Nobody has it open, and everything is in the file itself: leaving the WAL mode takes both.
void take_out_of_use(const DatabaseSettings& settings, const fs::path& file) {
  auto connection = open_sqlite(settings, file);
  try {
    connection.execute("PRAGMA journal_mode = DELETE");
  } catch (const Unavailable&) {
    throw std::invalid_argument(file.string() + " is in use: stop the server first");
  }
}

}  // namespace

void check_pages(Connection& connection, std::vector<std::string>& problems) {
  connection.each("PRAGMA integrity_check", args(), [&problems](std::string_view line) {
    if (line != "ok") problems.emplace_back(line);
  });
  connection.each(
      "PRAGMA foreign_key_check", args(),
      [&problems](std::string_view table, std::optional<std::int64_t> row, std::string_view parent, std::int64_t) {
        problems.push_back(std::string(table) + " row " + (row ? std::to_string(*row) : "?") +
                           " points to nothing in " + std::string(parent));
      });
}

void backup(const DatabaseSettings& settings, const fs::path& target) {
  const auto file = sqlite_file(settings);
  const auto final_path = fs::absolute(target);
  if (fs::exists(final_path)) throw std::invalid_argument(final_path.string() + " is there already");
  auto connection = open_sqlite(settings, file);
  const Draft draft(beside(final_path, "backup"));
  connection.execute("VACUUM INTO :target", draft.path().string());
  move_into_place(draft.path(), final_path);
}

void restore(const DatabaseSettings& settings, const fs::path& source, Existing existing) {
  const auto file = sqlite_file(settings);
  if (!fs::exists(source)) throw std::invalid_argument(source.string() + " is not there");
  if (fs::exists(source.string() + "-wal")) {
    throw std::invalid_argument(source.string() + " is a database in use, not a copy made by backup");
  }
  const bool is_there = fs::exists(file);
  if (is_there && existing == Existing::keep) throw std::invalid_argument(file.string() + " is there already");

  const Draft draft(beside(file, "restore"));
  fs::copy_file(source, draft.path(), fs::copy_options::overwrite_existing);
  std::vector<std::string> problems;
  try {
    auto connection = open_sqlite(settings, draft.path());
    check_pages(connection, problems);
  } catch (const std::exception& error) {
    problems.emplace_back(error.what());
  }
  if (!problems.empty()) throw std::runtime_error(source.string() + " is damaged: " + problems.front());
  if (is_there) take_out_of_use(settings, file);
  move_into_place(draft.path(), file);
}

void renew_file_statistics(const fs::path& sqlite) {
  auto connection = open_sqlite({}, sqlite);
  renew_table_statistics(connection);
  connection.execute("PRAGMA journal_mode = DELETE");  // everything in the file itself
}

std::vector<std::string> check(const DatabaseSettings& settings, const Migrations& migrations) {
  std::vector<std::string> problems;
  const auto address = parse_database_url(settings);
  if (const auto* mysql = std::get_if<MysqlAddress>(&address)) {
    MysqlConnection connection({.address = *mysql,
                                .password = settings.password,
                                .statement_limit = settings.statement_limit,
                                .busy_limit = settings.busy_limit});
    check_schema(connection, migrations, problems);
    return problems;
  }
  SqliteReading reading(std::get<SqliteAddress>(address).file, {}, settings.busy_limit);
  check_pages(reading.connection(), problems);
  check_schema(reading.connection(), migrations, problems);
  reading.confirm();
  return problems;
}

}  // namespace dontgoback::storage
