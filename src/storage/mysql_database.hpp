#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>

#include "condition.hpp"
#include "connection_pool.hpp"
#include "database_url.hpp"
#include "host_database.hpp"
#include "mysql_connection.hpp"

namespace dontgoback::storage {

/// A MariaDB server, or a Galera node: a pool of connections that can only read, one of connections that write.
///
/// A write is run again at most kMaxTries times in all, while the busy limit lasts, after a deadlock or a lock not had
/// in time, and once on a new connection when the old one is lost before COMMIT. One lost under COMMIT is Unavailable
/// and not run again: the server may have committed it.
///
/// A server that takes what is sent and says nothing (stopped, its disk hanging) costs a caller five seconds. From then
/// on, until it speaks again, one caller at a time finds out whether it does and the others are refused at once.
class MysqlDatabase final : public HostDatabase {
 public:
  MysqlDatabase(const MysqlAddress& address, const DatabaseSettings& settings);

  Dialect dialect() const override { return Dialect::mysql; }
  bool reachable() noexcept override;
  std::string trouble() noexcept override;
  void alone(const std::function<void(SociConnection&)>& work) override;
  Statistics statistics() const override;
  std::uint64_t size_in_bytes() override;

 protected:
  void read_with(const std::function<void(Connection&)>& work) override;
  void write_with(const std::function<void(Connection&)>& work) override;

 private:
  static constexpr int kMaxTries = 5;
  class Turn;

  /// Notes how `work` ends.
  void observed(Condition::Use use, const std::function<void(Turn&)>& work);
  void write_in_turn(Turn& turn, const std::function<void(Connection&)>& work);

  MysqlOptions options(MysqlOptions::Use use);
  void run_transaction(MysqlConnection& connection, const std::function<void(Connection&)>& work);

  const MysqlAddress address_;
  const std::string password_;
  const std::chrono::milliseconds statement_limit_;
  const std::chrono::milliseconds busy_limit_;
  Condition condition_;
  std::atomic<bool> silent_{false};
  std::atomic<bool> somebody_tries_{false};
  std::mutex probing_;  // of writing; by one at a time
  std::optional<std::chrono::steady_clock::time_point> probed_at_;
  ConnectionPool readers_;
  ConnectionPool writers_;
  std::atomic<std::uint64_t> commits_{0};
};

}  // namespace dontgoback::storage
