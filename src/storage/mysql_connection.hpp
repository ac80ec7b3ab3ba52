#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "database_url.hpp"
#include "failures.hpp"
#include "soci_connection.hpp"

namespace dontgoback::storage {

struct MysqlOptions {
  enum class Use {
    read,  ///< cannot write; a statement whose connection was lost is sent once more on a new one
    write,
    alone,  ///< no time limits: migrations
  };
  MysqlAddress address{};
  std::string password{};
  Use use = Use::read;
  std::chrono::milliseconds statement_limit{};
  std::chrono::milliseconds busy_limit{};
  StoppedStatements* stopped = nullptr;
};

/// The longest that a server may take a statement and say nothing, whole seconds as the client library wants them.
/// Under the five seconds that a request may take, with a second for a connection to become free.
inline constexpr std::chrono::seconds kLongestSilence{4};
/// Connecting and the first words of the server together.
inline constexpr std::chrono::seconds kLongestConnecting{3};

/// A connection to MariaDB. The driver is loaded at the first one. Rows that an UPDATE matched count as changed, also
/// when they had the values already, as on SQLite (SOCI connects with CLIENT_FOUND_ROWS).
class MysqlConnection final : public SociConnection {
 public:
  /// Throws DatabaseTrouble, in words for an operator, when there is no connection to be had.
  explicit MysqlConnection(const MysqlOptions& options);

  Dialect dialect() const override { return Dialect::mysql; }
  std::int64_t run(const Sql& sql, std::span<const Value> parameters, std::span<const ColumnType> columns,
                   const Row& row) override;
  void run_once(const Sql& sql) override;
  void limit_statements(std::chrono::milliseconds limit) override;
  bool usable() override { return has_session() && !lost_; }
  /// Whether a statement changed rows since this was last asked.
  bool take_written() { return std::exchange(written_, false); }

  /// In place of the connection that was lost.
  void reconnect();

 protected:
  std::string_view begin_sql() const override { return "START TRANSACTION"; }
  bool transaction_open() override { return !lost_; }
  bool transaction_survives(const soci::soci_error& error) override;
  bool out_of_time(const soci::soci_error& error) const override;
  std::exception_ptr translated(const soci::soci_error& error, std::string_view sql) override;
  void check_shape(Statement& statement, std::string_view sql) override;
  void before_run(const Sql&) override { began_ = std::chrono::steady_clock::now(); }
  std::int64_t changed_rows(Statement& statement) override;
  void close_cursor(Statement& statement) noexcept override;

 private:
  using Effect = Unavailable::Effect;

  void set(const Sql& sql, std::int64_t value);
  void check_version();
  std::string server() const;
  Effect effect() const { return options_.use == MysqlOptions::Use::read ? Effect::not_read : Effect::not_saved; }
  DatabaseTrouble refused(const soci::soci_error& error) const;

  const MysqlOptions options_;
  bool lost_ = false;
  bool written_ = false;
  std::chrono::steady_clock::time_point began_;
};

}  // namespace dontgoback::storage
