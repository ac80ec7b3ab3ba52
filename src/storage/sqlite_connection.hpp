#pragma once

#include <chrono>
#include <filesystem>

#include "soci_connection.hpp"

// soci-sqlite3.h declares SQLite in a namespace of its own.
#include <soci/sqlite3/soci-sqlite3.h>

namespace dontgoback::storage {

struct SqliteOptions {
  std::filesystem::path file{};  ///< `:memory:` for none
  bool may_create = false;
  bool query_only = false;
  int cache_kib = 1024;
  std::chrono::milliseconds statement_limit{};
  std::chrono::milliseconds busy_limit{};
};

/// A connection to an SQLite file in WAL mode. It never checkpoints by itself; see `checkpoint`.
class SqliteConnection final : public SociConnection {
 public:
  /// Throws Unavailable when the file cannot be opened, or is not there and must not be made.
  explicit SqliteConnection(const SqliteOptions& options);

  Dialect dialect() const override { return Dialect::sqlite; }
  void run_once(std::string_view sql) override;
  void limit_statements(std::chrono::milliseconds limit) override { statement_limit_ = limit; }
  /// Whether the file is still the one that was opened; looks once a second at most.
  bool usable() override;
  /// The same, looking now: SQLite would go on writing to a deleted file unnoticed.
  bool file_is_there();

  /// After a commit: moves what is in the WAL to the database file when that has become much, so that the WAL stays
  /// small. Readers that overlap without a gap would let it grow for ever: past four times as much they are waited for.
  void checkpoint() noexcept;

 protected:
  std::string_view begin_sql() const override { return "BEGIN IMMEDIATE"; }
  bool transaction_open() override;
  bool transaction_survives(const soci::soci_error&) override { return transaction_open(); }
  std::exception_ptr translated(const soci::soci_error& error, std::string_view sql) override;
  void check_shape(Statement& statement, std::string_view sql) override;
  void before_run() override;
  std::int64_t changed_rows(Statement& statement) override;
  void close_cursor(Statement& statement) noexcept override;

 private:
  static constexpr int kCheckpointPages = 1000;  // 4 MB
  static constexpr int kForcedCheckpointPages = 4 * kCheckpointPages;

  static void prepare_file(const SqliteOptions& options);
  void configure(const SqliteOptions& options);
  static int out_of_time(void* self);
  static int committed(void* self, sqlite_api::sqlite3*, const char*, int wal_pages);

  sqlite_api::sqlite3* handle_ = nullptr;
  std::chrono::milliseconds statement_limit_;
  std::chrono::milliseconds busy_limit_;
  std::chrono::steady_clock::time_point deadline_;
  std::chrono::steady_clock::time_point looked_at_;
  std::int64_t changes_before_ = 0;
  int wal_pages_ = 0;
  int next_checkpoint_ = kCheckpointPages;
};

}  // namespace dontgoback::storage
