#pragma once

#include <chrono>
#include <functional>
#include <future>
#include <type_traits>

#include "dontgoback/storage/connection.hpp"
#include "support/core/world.hpp"

namespace dontgoback::test {

/// Whether a transaction of the test program's MariaDB server waits for a lock of another.
bool waits_for_a_lock(storage::Connection& connection);

/// What `act` answers when it begins on another thread while a transaction has made `change`, which is committed once
/// `act` waits for a lock of it, or has ended without. On MariaDB, where writes run beside each other.
template <class Act>
std::invoke_result_t<Act&> beside(World& world, const std::function<void(storage::Connection&)>& change, Act act) {
  std::future<std::invoke_result_t<Act&>> acting;
  world.database.write([&](storage::Connection& connection) {
    change(connection);
    acting = std::async(std::launch::async, act);
    while (acting.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready &&
           !waits_for_a_lock(connection)) {
    }
  });
  return acting.get();
}

}  // namespace dontgoback::test
