#include "sqlite_connection.hpp"

#include <array>
#include <cctype>
#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <thread>

#include "disk_space.hpp"
#include "driver_class.hpp"
#include "sqlite_file.hpp"
#include "sqlite_library.hpp"

namespace dontgoback::storage {
namespace {

using namespace sqlite_api;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int kInstructionsBetweenLooks = 1000;  // some 20 µs between looks at the clock
constexpr int kWalFrame = 4096 + 24;             // a page and its head

int primary(int code) { return code & 0xff; }

int code_of(const soci::soci_error& error) {
  const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
  return sqlite == nullptr ? SQLITE_ERROR : sqlite->result();
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
    : SociConnection(options.stopped), options_(options), statement_limit_(options.statement_limit) {
  configure_library();
  prepare_sqlite_file(options);
  if (!may_write()) {
    open(options.access == SqliteAccess::read_left    ? Index::own
         : options.access == SqliteAccess::read_still ? Index::none
                                                      : Index::shared);
    return;
  }
  try {
    open(Index::shared);
  } catch (const DatabaseTrouble& trouble) {
    const auto kind = trouble.trouble();
    const bool cannot_write = kind == Trouble::full || kind == Trouble::read_only || kind == Trouble::failing;
    // Where the other ways fail, too, this is the reason.
    if (!options.query_only || !cannot_write || !open_frozen()) throw;
  }
}

bool SqliteConnection::open_frozen() {
  for (const auto index : {Index::own, Index::none}) {
    if (index == Index::none && !wal_is_empty()) return false;
    try {
      open(index);
      return true;
    } catch (const DatabaseTrouble&) {  // the next
    }
  }
  return false;
}

/// The file as SQLite takes it with wishes for how to open it (https://www.sqlite.org/uri.html).
std::string SqliteConnection::uri() const {
  std::string text = "file:";
  for (const char c : options_.file.string()) {
    static constexpr std::string_view kHex = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '/' || c == '.' || c == '-' || c == '_') {
      text += c;
    } else {
      text.append({'%', kHex[byte >> 4U], kHex[byte & 15U]});
    }
  }
  text += may_write() ? "?" : "?mode=ro&";
  return text + (index_ == Index::own ? "readonly_shm=1" : index_ == Index::none ? "immutable=1" : "");
}

bool SqliteConnection::wal_is_empty() const {
  std::error_code error;
  const auto size = std::filesystem::file_size(options_.file.string() + "-wal", error);
  return error ? error == std::errc::no_such_file_or_directory : size == 0;
}

void SqliteConnection::open(Index index) {
  index_ = index;
  open_session([this](std::optional<soci::session>& session) {
    try {
      session.emplace(soci::sqlite3,
                      "dbname=\"" + (may_write() && index_ == Index::shared ? options_.file.string() : uri()) + "\"");
    } catch (const soci::soci_error& error) {
      auto words = lack_of_rights(options_.file);
      if (words.empty()) words = options_.file.string() + ": " + error.get_error_message();
      throw DatabaseTrouble(Trouble::failing, effect(), words);
    }
  });
  handle_ = native(session());
  configure();
}

void SqliteConnection::configure() {
  sqlite3_extended_result_codes(handle_, 1);
  read_no_table_for_a_filter(handle_);
  sqlite3_busy_timeout(handle_, static_cast<int>(options_.busy_limit.count()));
  std::string pragmas = std::string("PRAGMA synchronous=") + (options_.is_draft ? "OFF" : "FULL") +
                        "; PRAGMA foreign_keys=ON; PRAGMA mmap_size=0; PRAGMA trusted_schema=OFF; PRAGMA cache_size=-" +
                        std::to_string(options_.cache_kib);
  if (frozen() || !may_write()) {
    pragmas += "; PRAGMA query_only=ON; SELECT count(*) FROM sqlite_schema";
  } else if (!options_.is_draft) {
    // Checkpoints are made beside the commits, not in them. A file that is as long as it usually becomes stays so.
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=" +
              std::to_string(2 * kCheckpointPages * kWalFrame) + "; " + pragmas +
              (options_.query_only ? "; PRAGMA query_only=ON" : "");
  }
  // Changing a new file to WAL does not wait for another process that does the same.
  const auto give_up = steady_clock::now() + options_.busy_limit;
  int code = SQLITE_OK;
  while ((code = sqlite3_exec(handle_, pragmas.c_str(), nullptr, nullptr, nullptr)) != SQLITE_OK) {
    if (primary(code) != SQLITE_BUSY || steady_clock::now() >= give_up) {
      if (const auto trouble = trouble_of(code, {})) throw *trouble;
      throw DatabaseTrouble(Trouble::failing, effect(), options_.file.string() + ": " + sqlite3_errmsg(handle_));
    }
    std::this_thread::sleep_for(milliseconds(5));
  }
  sqlite3_progress_handler(handle_, kInstructionsBetweenLooks, &is_over, this);
  sqlite3_wal_hook(handle_, &committed, this);
  deadline_ = steady_clock::time_point::max();
  looked_at_ = steady_clock::now();
}

void SqliteConnection::run_once(const Sql& sql) {
  try {
    Statement statement(session(), sql.text(), {}, {});
    perform(statement, sql, {}, {});
  } catch (const soci::soci_error& error) {
    std::rethrow_exception(translated(error, sql.text()));
  }
}

bool SqliteConnection::file_is_there() {
  looked_at_ = steady_clock::now();
  int moved = 0;
  moved_ = sqlite3_file_control(handle_, "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK || moved != 0;
  return !moved_;
}

/// SQLite's own: closing another descriptor of the file would drop its locks. Null: there is none.
sqlite3_file* SqliteConnection::database_file() {
  sqlite3_file* file = nullptr;
  if (sqlite3_file_control(handle_, "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void*>(&file)) != SQLITE_OK ||
      file == nullptr || file->pMethods == nullptr) {
    return nullptr;
  }
  return file;
}

bool SqliteConnection::header_is_whole() {
  auto* file = database_file();
  if (file == nullptr) return true;
  static constexpr std::string_view kMagic("SQLite format 3\0", 16);
  std::array<char, kMagic.size()> header{};
  file->pMethods->xRead(file, header.data(), static_cast<int>(header.size()), 0);
  return std::string_view(header.data(), header.size()) == kMagic;
}

bool SqliteConnection::usable() {
  if (!has_session() || moved_) return false;
  // Nothing would tell it that somebody can write again.
  if (index_ == Index::none && steady_clock::now() - looked_at_ >= std::chrono::seconds(1)) return false;
  return steady_clock::now() - looked_at_ < std::chrono::seconds(1) || file_is_there();
}

int SqliteConnection::committed(void* self, sqlite3*, const char*, int wal_pages) {
  auto& connection = *static_cast<SqliteConnection*>(self);
  connection.wal_pages_ = wal_pages;
  connection.written_ = true;
  return SQLITE_OK;
}

bool SqliteConnection::transaction_open() { return sqlite3_get_autocommit(handle_) == 0; }

std::optional<DatabaseTrouble> SqliteConnection::trouble_of(int code, std::string_view sql) {
  const auto name = options_.file.string();
  const auto because = [&](Trouble trouble, std::string words) {
    return DatabaseTrouble(trouble, effect(), std::move(words), sql);
  };
  const auto failing = [&] {
    const int cause = sqlite3_system_errno(handle_);
    const std::string words = name + ": " + sqlite3_errstr(code) +
                              (cause == 0 ? std::string() : " (" + std::generic_category().message(cause) + ")");
    if (cause == ENOSPC) return because(Trouble::full, "the disk is full where " + name + " is");
    if (cause == EDQUOT) return because(Trouble::full, "the disk quota is used up where " + name + " is");
    if (cause == EROFS) return because(Trouble::read_only, "the file system of " + name + " is mounted read-only");
    const auto rights = lack_of_rights(options_.file);
    return because(rights.empty() ? Trouble::failing : Trouble::read_only, rights.empty() ? words : rights);
  };
  switch (primary(code)) {
    case SQLITE_FULL:
      return because(Trouble::full, "the disk is full where " + name + " is");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return because(Trouble::locked, name + " is locked by another program");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      // Without an index the file may have changed meanwhile.
      if (index_ == Index::none) return failing();
      return because(Trouble::damaged, "the database file " + name + " is damaged (" + sqlite3_errstr(code) + ")");
    case SQLITE_READONLY: {
      if (code == SQLITE_READONLY_DBMOVED) {
        return because(Trouble::gone, "the database file " + name + " was deleted or replaced");
      }
      if (effect() == Effect::not_read && code == SQLITE_READONLY) return std::nullopt;  // a reader that tried to write
      const auto rights = lack_of_rights(options_.file);
      return because(Trouble::read_only, rights.empty() ? name + " may not be written" : rights);
    }
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return failing();
    default:
      return std::nullopt;
  }
}

bool SqliteConnection::out_of_time(const soci::soci_error& error) const { return code_of(error) == SQLITE_INTERRUPT; }

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
      return std::make_exception_ptr(DatabaseTrouble(
          Trouble::crowded, effect(), "over " + std::to_string(statement_limit_.count()) + " ms, stopped", sql));
    default:
      if (const auto trouble = trouble_of(code, sql)) return std::make_exception_ptr(*trouble);
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

void SqliteConnection::before_run(const Sql& sql) {
  deadline_ = statement_limit_.count() == 0 ? steady_clock::time_point::max() : steady_clock::now() + statement_limit_;
  changes_before_ = sqlite3_total_changes64(handle_);
  if (options_.observer != nullptr) options_.observer->runs(handle_, sql);
}

std::int64_t SqliteConnection::changed_rows(Statement&) {
  // sqlite3_changes alone still has the count of an earlier statement after one that changes nothing.
  return sqlite3_total_changes64(handle_) == changes_before_ ? 0 : sqlite3_changes64(handle_);
}

void SqliteConnection::close_cursor(Statement& statement) noexcept { reset(statement); }

}  // namespace dontgoback::storage
