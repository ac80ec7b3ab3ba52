#pragma once

#include <soci/soci.h>

#include <chrono>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "dontgoback/storage/connection.hpp"
#include "statement.hpp"
#include "stopped_statements.hpp"

namespace dontgoback::storage {

/// A connection of either dialect over SOCI: the one class that owns the life of statements. Each is prepared once,
/// kept by its text, and its cursor is closed after every run, also when the run ends with an exception: an open one
/// would pin an old snapshot and stop SQLite from checkpointing its WAL.
class SociConnection : public Connection {
 public:
  SociConnection(const SociConnection&) = delete;
  SociConnection& operator=(const SociConnection&) = delete;

  std::int64_t run(const Sql& sql, std::span<const Value> parameters, std::span<const ColumnType> columns,
                   const Row& row) override;
  std::int64_t last_insert_id() override { return last_insert_id_; }
  /// Prepares and keeps a statement that changes rows, for parameters of these types: a first run with NULLs would not
  /// tell them. Throws as `run` does.
  void prepare(std::string_view sql, std::span<const ColumnType> parameters);

  /// Runs a statement that is not of the fixed set (a migration's) and does not keep it. Throws as `run` does, and on
  /// MariaDB AlreadyDone.
  virtual void run_once(const Sql& sql) = 0;

  void begin();
  void commit();
  /// Also when there is nothing to roll back any more. Never throws: a connection that cannot is not usable afterwards.
  void rollback() noexcept;
  /// The database itself has rolled the transaction back: nothing of it may go on, even where the work has swallowed
  /// the exception that said so.
  bool transaction_lost() const { return transaction_lost_; }

  /// Whether it makes sense to lend it again.
  virtual bool usable() = 0;

  /// Zero: none.
  virtual void limit_statements(std::chrono::milliseconds limit) = 0;

 protected:
  /// `stopped` may be null, and lives as long.
  explicit SociConnection(StoppedStatements* stopped) : stopped_(stopped) {}

  soci::session& session() { return *session_; }
  bool has_session() const { return session_.has_value(); }
  bool in_transaction() const { return in_transaction_; }
  /// Ends the old session and everything prepared on it.
  void open_session(const std::function<void(std::optional<soci::session>&)>& open);
  std::int64_t perform(Statement& statement, const Sql& sql, std::span<const Value> parameters, const Row& row);

  /// What BEGIN is here.
  virtual std::string_view begin_sql() const = 0;
  /// Whether ROLLBACK can be said.
  virtual bool transaction_open() = 0;
  /// Whether the database still has the transaction that was begun, after `error`, and it may go on.
  virtual bool transaction_survives(const soci::soci_error& error) = 0;
  /// Whether the statement was stopped by its time limit.
  virtual bool out_of_time(const soci::soci_error& error) const = 0;
  /// The public exception for `error`. Its text must not hold bound values: never use `what()`.
  virtual std::exception_ptr translated(const soci::soci_error& error, std::string_view sql) = 0;
  /// Throws std::runtime_error when the SQL has not as many parameters, or columns, as were bound.
  virtual void check_shape(Statement& statement, std::string_view sql) = 0;
  /// Before each run: starts its time limit.
  virtual void before_run(const Sql& sql) = 0;
  /// Rows changed by the statement that has just run; 0 when it was none that changes rows.
  virtual std::int64_t changed_rows(Statement& statement) = 0;
  /// Closes the statement's cursor.
  virtual void close_cursor(Statement& statement) noexcept = 0;

 private:
  StoppedStatements* const stopped_;
  // Statements come from a fixed set of texts, so this only guards against a defect. Dropping all is good enough.
  static constexpr std::size_t kMaxKept = 256;

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
  };

  Statement& prepared(std::string_view sql, std::span<const Value> parameters, std::span<const ColumnType> columns);

  std::optional<soci::session> session_;
  // After the session, so that it ends before it: SQLite cannot close a connection that has statements.
  std::unordered_map<std::string, Statement, Hash, std::equal_to<>> kept_;
  std::int64_t last_insert_id_ = 0;
  bool running_ = false;
  bool in_transaction_ = false;
  bool transaction_lost_ = false;
};

}  // namespace dontgoback::storage
