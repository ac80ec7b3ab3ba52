#include "sqlite_connection.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <thread>

#include "driver_class.hpp"
#include "failures.hpp"

namespace dontgoback::storage {
namespace {

using namespace sqlite_api;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int kInstructionsBetweenLooks = 1000;  // some 20 µs between looks at the clock
constexpr milliseconds kForcedCheckpointWait{200};

int primary(int code) { return code & 0xff; }

int code_of(const soci::soci_error& error) {
  const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
  return sqlite == nullptr ? SQLITE_ERROR : sqlite->result();
}

/// Full, locked, broken or gone: nothing a change of the program would mend.
bool is_unavailable(int code) {
  switch (primary(code)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
      return true;
    case SQLITE_READONLY:
      return code != SQLITE_READONLY;  // a bare one is a reader that tried to write
    default:
      return false;
  }
}

/// A connection is one thread's at a time, so its own locks would only cost: a fifth of the time of a page of ten rows.
/// Before the first connection; later it changes nothing.
void drop_connection_locks() {
  static const int once = sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
  static_cast<void>(once);
}

DONTGOBACK_DRIVER_CLASS sqlite3* native(soci::session& session) {
  return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
}

DONTGOBACK_DRIVER_CLASS sqlite3_stmt* native(Statement& statement) {
  return static_cast<soci::sqlite3_statement_backend*>(statement.handle().get_backend())->stmt_;
}

/// What the driver's own reset does.
DONTGOBACK_DRIVER_CLASS void reset(Statement& statement) {
  auto& backend = *static_cast<soci::sqlite3_statement_backend*>(statement.handle().get_backend());
  sqlite3_reset(backend.stmt_);
  backend.databaseReady_ = true;
}

}  // namespace

SqliteConnection::SqliteConnection(const SqliteOptions& options)
    : statement_limit_(options.statement_limit), busy_limit_(options.busy_limit) {
  drop_connection_locks();
  prepare_file(options);
  open_session([&options](std::optional<soci::session>& session) {
    try {
      session.emplace(soci::sqlite3, "dbname=\"" + options.file.string() + "\"");
    } catch (const soci::soci_error& error) {
      throw Unavailable(options.file.string() + ": " + error.get_error_message());
    }
  });
  handle_ = native(session());
  configure(options);
}

void SqliteConnection::prepare_file(const SqliteOptions& options) {
  if (options.file == ":memory:") return;
  // An existing file is not opened here: closing it would drop the locks of SQLite's other connections of this process.
  if (std::error_code ignored; std::filesystem::exists(options.file, ignored)) return;
  if (!options.may_create) throw Unavailable(options.file.string() + " is gone");
  const int file = ::open(options.file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) throw Unavailable(options.file.string() + ": " + std::generic_category().message(errno));
  ::close(file);
}

void SqliteConnection::configure(const SqliteOptions& options) {
  sqlite3_extended_result_codes(handle_, 1);
  sqlite3_busy_timeout(handle_, static_cast<int>(busy_limit_.count()));
  // The writer checkpoints when it has answered its callers, not in their commit.
  const std::string pragmas = "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=" +
                              std::to_string(kCheckpointPages * 4096) +
                              "; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA mmap_size=0; "
                              "PRAGMA trusted_schema=OFF; PRAGMA cache_size=-" +
                              std::to_string(options.cache_kib) + (options.query_only ? "; PRAGMA query_only=ON" : "");
  // Changing a new file to WAL does not wait for another process that does the same.
  const auto give_up = steady_clock::now() + busy_limit_;
  int code = SQLITE_OK;
  while ((code = sqlite3_exec(handle_, pragmas.c_str(), nullptr, nullptr, nullptr)) != SQLITE_OK) {
    if (primary(code) != SQLITE_BUSY || steady_clock::now() >= give_up) {
      throw Unavailable(options.file.string() + ": " + sqlite3_errmsg(handle_));
    }
    std::this_thread::sleep_for(milliseconds(5));
  }
  sqlite3_progress_handler(handle_, kInstructionsBetweenLooks, &out_of_time, this);
  sqlite3_wal_hook(handle_, &committed, this);
  deadline_ = steady_clock::time_point::max();
  looked_at_ = steady_clock::now();
}

void SqliteConnection::run_once(std::string_view sql) {
  try {
    Statement statement(session(), sql, {}, {});
    perform(statement, {}, {});
  } catch (const soci::soci_error& error) {
    std::rethrow_exception(translated(error, sql));
  }
}

bool SqliteConnection::file_is_there() {
  looked_at_ = steady_clock::now();
  int moved = 0;
  return sqlite3_file_control(handle_, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved == 0;
}

bool SqliteConnection::usable() {
  if (!has_session()) return false;
  return steady_clock::now() - looked_at_ < std::chrono::seconds(1) || file_is_there();
}

void SqliteConnection::checkpoint() noexcept {
  if (wal_pages_ < kCheckpointPages) next_checkpoint_ = kCheckpointPages;  // the WAL has begun anew
  if (wal_pages_ < next_checkpoint_) return;
  // One that waits for no reader usually does: the next commit then begins the WAL anew.
  if (wal_pages_ < kForcedCheckpointPages) {
    sqlite3_wal_checkpoint_v2(handle_, "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  } else {
    sqlite3_busy_timeout(handle_, static_cast<int>(kForcedCheckpointWait.count()));
    sqlite3_wal_checkpoint_v2(handle_, "main", SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
    sqlite3_busy_timeout(handle_, static_cast<int>(busy_limit_.count()));
  }
  next_checkpoint_ = wal_pages_ + kCheckpointPages;  // where it could not, not again at every commit
}

int SqliteConnection::out_of_time(void* self) {
  return steady_clock::now() >= static_cast<SqliteConnection*>(self)->deadline_ ? 1 : 0;
}

int SqliteConnection::committed(void* self, sqlite3*, const char*, int wal_pages) {
  static_cast<SqliteConnection*>(self)->wal_pages_ = wal_pages;
  return SQLITE_OK;
}

bool SqliteConnection::transaction_open() { return sqlite3_get_autocommit(handle_) == 0; }

std::exception_ptr SqliteConnection::translated(const soci::soci_error& error, std::string_view sql) {
  const int code = code_of(error);
  // SQLite's own messages name tables, columns and syntax, not values.
  const std::string text = error.get_error_message() + " in: " + std::string(sql);
  switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return std::make_exception_ptr(DuplicateKey(text));
    case SQLITE_INTERRUPT:
      return std::make_exception_ptr(
          Unavailable("over " + std::to_string(statement_limit_.count()) + " ms, stopped: " + std::string(sql)));
    default:
      if (is_unavailable(code)) return std::make_exception_ptr(Unavailable(text));
      return std::make_exception_ptr(std::runtime_error(text));
  }
}

void SqliteConnection::check_shape(Statement& statement, std::string_view sql) {
  auto* const prepared = native(statement);
  const auto parameters = static_cast<std::size_t>(sqlite3_bind_parameter_count(prepared));
  const auto columns = static_cast<std::size_t>(sqlite3_column_count(prepared));
  if (parameters != statement.parameter_count() ||
      (statement.column_count() != 0 && columns != statement.column_count())) {
    throw std::runtime_error("not as many parameters or columns as given in: " + std::string(sql));
  }
}

void SqliteConnection::before_run() {
  deadline_ = statement_limit_ == milliseconds::zero() ? steady_clock::time_point::max()
                                                       : steady_clock::now() + statement_limit_;
  changes_before_ = sqlite3_total_changes64(handle_);
}

std::int64_t SqliteConnection::changed_rows(Statement&) {
  // sqlite3_changes alone still has the count of an earlier statement after one that changes nothing.
  return sqlite3_total_changes64(handle_) == changes_before_ ? 0 : sqlite3_changes64(handle_);
}

void SqliteConnection::close_cursor(Statement& statement) noexcept { reset(statement); }

}  // namespace dontgoback::storage
