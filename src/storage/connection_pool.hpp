#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "dontgoback/result.hpp"
#include "soci_connection.hpp"

namespace dontgoback::storage {

struct PoolLimits {
  std::size_t connections;                 ///< at most so many at once
  std::chrono::milliseconds longest_wait;  ///< for one to become free
  Unavailable::Effect effect;              ///< of having none
};

/// Lends connections, opened when first needed and kept. Any thread.
class ConnectionPool {
 public:
  using Open = std::function<std::unique_ptr<SociConnection>()>;

  ConnectionPool(PoolLimits limits, Open open) : limits_(limits), open_(std::move(open)) {}

  /// A connection for the length of its life; one that is not usable any more is closed instead of kept.
  class Lease {
   public:
    Lease(ConnectionPool& pool, std::unique_ptr<SociConnection> connection)
        : pool_(pool), connection_(std::move(connection)) {}
    ~Lease() { pool_.give_back(std::move(connection_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    SociConnection& operator*() const { return *connection_; }
    SociConnection* operator->() const { return connection_.get(); }

   private:
    ConnectionPool& pool_;
    std::unique_ptr<SociConnection> connection_;
  };

  /// Throws DatabaseTrouble when none becomes free in time, or what opening throws. When none of them came back
  /// meanwhile it is not that too many ask: the database does not move.
  Lease borrow();
  /// How many are lent, and may be at most.
  std::size_t lent() const {
    const std::lock_guard lock(mutex_);
    return lent_;
  }
  std::size_t most() const { return limits_.connections; }
  /// Closes those that nobody has.
  void drop_idle();

 private:
  std::unique_ptr<SociConnection> take();
  void give_back(std::unique_ptr<SociConnection> connection) noexcept;

  const PoolLimits limits_;
  const Open open_;
  mutable std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<SociConnection>> idle_;  // the last one given back is lent first: its cache is warm
  std::size_t lent_ = 0;
  std::uint64_t given_back_ = 0;
};

}  // namespace dontgoback::storage
