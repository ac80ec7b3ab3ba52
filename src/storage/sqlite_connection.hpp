#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <utility>

#include "failures.hpp"
#include "soci_connection.hpp"
#include "sqlite_observer.hpp"

// soci-sqlite3.h declares SQLite in a namespace of its own.
#include <soci/sqlite3/soci-sqlite3.h>

namespace dontgoback::storage {

/// How much a connection may touch.
enum class SqliteAccess {
  write,
  read_live,   ///< reads what others have open: takes part in their locks, and leaves the WAL to them
  read_left,   ///< reads a file and the WAL that a process left behind, which nobody has open; writes not even -shm
  read_still,  ///< reads a file without a WAL that nobody has open, without any lock
};

struct SqliteOptions {
  std::filesystem::path file{};  ///< `:memory:` for none
  SqliteAccess access = SqliteAccess::write;
  bool may_create = false;
  bool query_only = false;
  bool is_draft = false;  ///< a copy that nobody else has open: thrown away, or made durable by its owner at the end
  int cache_kib = 1024;
  std::chrono::milliseconds statement_limit{};
  std::chrono::milliseconds busy_limit{};
  SqliteObserver* observer = nullptr;
  StoppedStatements* stopped = nullptr;
};

/// A connection to an SQLite file in WAL mode. It never checkpoints by itself: see SqliteCheckpointer. One that only
/// queries also works where the disk is full or may not be written: see `frozen`.
class SqliteConnection final : public SociConnection {
 public:
  /// Throws Unavailable when the file cannot be opened, or is not there and must not be made.
  explicit SqliteConnection(const SqliteOptions& options);

  Dialect dialect() const override { return Dialect::sqlite; }
  void run_once(const Sql& sql) override;
  void limit_statements(std::chrono::milliseconds limit) override { statement_limit_ = limit; }
  /// Whether the file is still the one that was opened; looks once a second at most.
  bool usable() override;
  /// Reads only, without what connections share: there was no space for it, or no right to make it. Nothing of this
  /// process can write until all such connections have ended.
  bool frozen() const { return may_write() && index_ != Index::shared; }
  /// Whether the file begins as a database does, looking now.
  bool header_is_whole();
  /// Whether anything was written since this was last asked.
  bool take_written() { return std::exchange(written_, false); }
  /// The same, looking now: SQLite would go on writing to a deleted file unnoticed.
  bool file_is_there();

  static constexpr int kCheckpointPages = 3000;  ///< of the WAL, 12 MB: so many are worth a checkpoint

  /// Of the WAL, after the last commit of this connection.
  int wal_pages() const { return wal_pages_; }
  enum class Checkpoint {
    passive,              ///< waits for nobody
    waiting_for_readers,  ///< a while, so that the next commit begins the WAL anew
  };
  /// Moves what is in the WAL to the database file. How many of its pages are there now; what could not be moved, now
  /// or at all, stays in the WAL.
  int checkpoint(Checkpoint how) noexcept;
  /// Makes durable what has been moved. Where it fails nothing is lost: what is in the file counts when SQLite has done
  /// the same.
  void sync_file() noexcept;

 protected:
  std::string_view begin_sql() const override { return "BEGIN IMMEDIATE"; }
  bool transaction_open() override;
  bool transaction_survives(const soci::soci_error&) override { return transaction_open(); }
  bool out_of_time(const soci::soci_error& error) const override;
  std::exception_ptr translated(const soci::soci_error& error, std::string_view sql) override;
  void check_shape(Statement& statement, std::string_view sql) override;
  void before_run(const Sql& sql) override;
  std::int64_t changed_rows(Statement& statement) override;
  void close_cursor(Statement& statement) noexcept override;

 private:
  using Effect = Unavailable::Effect;

  /// Where the index of the WAL is kept, which connections share in a file beside it.
  enum class Index {
    shared,
    own,   ///< in memory, made anew from the WAL: correct beside others, but it cannot write
    none,  ///< there is no WAL, and nobody who could write one
  };

  sqlite_api::sqlite3_file* database_file();
  bool may_write() const { return options_.access == SqliteAccess::write; }
  void open(Index index);
  bool open_frozen();
  void configure();
  std::string uri() const;
  bool wal_is_empty() const;
  Effect effect() const { return options_.query_only || !may_write() ? Effect::not_read : Effect::not_saved; }
  /// What a failure of SQLite means to the host; nothing for a defect of the program.
  std::optional<DatabaseTrouble> trouble_of(int code, std::string_view sql);
  static int is_over(void* self) {
    return std::chrono::steady_clock::now() >= static_cast<SqliteConnection*>(self)->deadline_ ? 1 : 0;
  }
  static int committed(void* self, sqlite_api::sqlite3*, const char*, int wal_pages);

  const SqliteOptions options_;
  Index index_ = Index::shared;
  sqlite_api::sqlite3* handle_ = nullptr;
  std::chrono::milliseconds statement_limit_;
  std::chrono::steady_clock::time_point deadline_;
  std::chrono::steady_clock::time_point looked_at_;
  std::int64_t changes_before_ = 0;
  bool moved_ = false;  // its file, when last looked at
  bool written_ = false;
  int wal_pages_ = 0;
};

}  // namespace dontgoback::storage
