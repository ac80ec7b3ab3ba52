#include "connection_pool.hpp"

#include "dontgoback/result.hpp"

namespace dontgoback::storage {

ConnectionPool::Lease ConnectionPool::borrow() {
  auto connection = take();
  if (connection != nullptr && connection->usable()) return {*this, std::move(connection)};
  connection.reset();
  try {
    return {*this, open_()};
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

std::unique_ptr<SociConnection> ConnectionPool::take() {
  std::unique_lock lock(mutex_);
  if (!freed_.wait_for(lock, kWait, [this] { return lent_ < limit_; })) {
    throw Unavailable("no database connection became free");
  }
  ++lent_;
  if (idle_.empty()) return nullptr;
  auto connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

void ConnectionPool::give_back(std::unique_ptr<SociConnection> connection) noexcept {
  if (connection != nullptr && !connection->usable()) connection.reset();
  {
    const std::lock_guard lock(mutex_);
    --lent_;
    if (connection != nullptr) idle_.push_back(std::move(connection));
  }
  freed_.notify_one();
}

}  // namespace dontgoback::storage
