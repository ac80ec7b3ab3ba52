#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>

#include "database_url.hpp"
#include "host_database.hpp"
#include "mysql_connection.hpp"
#include "sqlite_reading.hpp"

namespace dontgoback::storage {

/// A database that is only read from: see `open_to_read`. One closure runs at a time.
class ReadingDatabase : public HostDatabase {
 public:
  bool reachable() noexcept override;
  /// std::logic_error: that is for migrations.
  void alone(const std::function<void(SociConnection&)>& work) override;
  Statistics statistics() const override { return {}; }
  std::string trouble() noexcept override;
  std::uint64_t size_in_bytes() override { return 0; }

 protected:
  void read_with(const std::function<void(Connection&)>& work) override;
  /// std::logic_error.
  void write_with(const std::function<void(Connection&)>& work) override;
  virtual void run(const std::function<void(Connection&)>& work) = 0;

 private:
  std::mutex mutex_;
};

class SqliteReadingDatabase final : public ReadingDatabase {
 public:
  SqliteReadingDatabase(std::filesystem::path file, const DatabaseSettings& settings)
      : file_(std::move(file)), statement_limit_(settings.statement_limit), busy_limit_(settings.busy_limit) {}
  Dialect dialect() const override { return Dialect::sqlite; }

 protected:
  void run(const std::function<void(Connection&)>& work) override;

 private:
  const std::filesystem::path file_;
  const std::chrono::milliseconds statement_limit_;
  const std::chrono::milliseconds busy_limit_;
  std::optional<SqliteReading> reading_;
};

class MysqlReadingDatabase final : public ReadingDatabase {
 public:
  MysqlReadingDatabase(const MysqlAddress& address, const DatabaseSettings& settings)
      : options_{.address = address,
                 .password = settings.password,
                 .use = MysqlOptions::Use::read,
                 .statement_limit = settings.statement_limit,
                 .busy_limit = settings.busy_limit} {}
  Dialect dialect() const override { return Dialect::mysql; }

 protected:
  void run(const std::function<void(Connection&)>& work) override;

 private:
  const MysqlOptions options_;
  std::unique_ptr<MysqlConnection> connection_;
};

}  // namespace dontgoback::storage
