#pragma once

#include <chrono>
#include <string>

#include "database_url.hpp"
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
};

/// A connection to MariaDB. The driver is loaded at the first one. Rows that an UPDATE matched count as changed, also
/// when they had the values already, as on SQLite (SOCI connects with CLIENT_FOUND_ROWS).
class MysqlConnection final : public SociConnection {
 public:
  /// Throws Unavailable when there is no connection to be had.
  explicit MysqlConnection(const MysqlOptions& options);

  Dialect dialect() const override { return Dialect::mysql; }
  std::int64_t run(std::string_view sql, std::span<const Value> parameters, std::span<const ColumnType> columns,
                   const Row& row) override;
  void run_once(std::string_view sql) override;
  void limit_statements(std::chrono::milliseconds limit) override;
  bool usable() override { return has_session() && !lost_; }

  /// In place of the connection that was lost.
  void reconnect();

 protected:
  std::string_view begin_sql() const override { return "START TRANSACTION"; }
  bool transaction_open() override { return !lost_; }
  bool transaction_survives(const soci::soci_error& error) override;
  std::exception_ptr translated(const soci::soci_error& error, std::string_view sql) override;
  void check_shape(Statement& statement, std::string_view sql) override;
  std::int64_t changed_rows(Statement& statement) override;
  void close_cursor(Statement& statement) noexcept override;

 private:
  void set(std::string_view sql, std::int64_t value);

  const MysqlOptions options_;
  bool lost_ = false;
};

}  // namespace dontgoback::storage
