#include "connection_pool.hpp"

#include "failures.hpp"

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
  const auto before = given_back_;
  if (!freed_.wait_for(lock, limits_.longest_wait, [this] { return lent_ < limits_.connections; })) {
    const bool moves = given_back_ != before;
    throw DatabaseTrouble(Trouble::crowded, moves ? Unavailable::Effect::too_many : limits_.effect,
                          moves ? "no database connection became free" : "none of the database's connections moves");
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
    ++given_back_;
    if (connection != nullptr) idle_.push_back(std::move(connection));
  }
  freed_.notify_one();
}

void ConnectionPool::drop_idle() {
  std::vector<std::unique_ptr<SociConnection>> dropped;
  const std::lock_guard lock(mutex_);
  dropped.swap(idle_);
}

}  // namespace dontgoback::storage
