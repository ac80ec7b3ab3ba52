#pragma once

#include <atomic>

#include "connection_pool.hpp"
#include "database_url.hpp"
#include "host_database.hpp"
#include "sqlite_writer.hpp"

namespace dontgoback::storage {

/// One SQLite file: a pool of connections that can only read, and the writer.
class SqliteDatabase final : public HostDatabase {
 public:
  SqliteDatabase(const SqliteAddress& address, const DatabaseSettings& settings);

  Dialect dialect() const override { return Dialect::sqlite; }
  bool reachable() noexcept override;
  void alone(const std::function<void(SociConnection&)>& work) override;
  Statistics statistics() const override { return writer_.statistics(); }

 protected:
  void read_with(const std::function<void(Connection&)>& work) override;
  void write_with(const std::function<void(Connection&)>& work) override;

 private:
  enum class Use { read, write };
  std::unique_ptr<SqliteConnection> open(Use use);

  const SqliteOptions options_;
  const bool may_create_;
  std::atomic<bool> opened_{false};
  ConnectionPool readers_;
  SqliteWriter writer_;
};

}  // namespace dontgoback::storage
