#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "soci_connection.hpp"

namespace dontgoback::storage {

/// Lends connections, opened when first needed and kept. Any thread.
class ConnectionPool {
 public:
  using Open = std::function<std::unique_ptr<SociConnection>()>;

  /// At most `limit` connections at once.
  ConnectionPool(std::size_t limit, Open open) : limit_(limit), open_(std::move(open)) {}

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

  /// Throws Unavailable when none becomes free within kWait, or what opening throws.
  Lease borrow();

 private:
  static constexpr std::chrono::seconds kWait{2};

  std::unique_ptr<SociConnection> take();
  void give_back(std::unique_ptr<SociConnection> connection) noexcept;

  const std::size_t limit_;
  const Open open_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<SociConnection>> idle_;  // the last one given back is lent first: its cache is warm
  std::size_t lent_ = 0;
};

}  // namespace dontgoback::storage
