#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

#include "dontgoback/storage/database.hpp"

namespace dontgoback::storage {

/// Since the database was opened. On MariaDB every write is a batch of its own and none waits here.
struct Statistics {
  std::size_t waiting_writes = 0;      ///< now
  std::uint64_t batches = 0;           ///< transactions committed
  std::uint64_t committed_writes = 0;  ///< writes in them
};

/// Calls `listener` from then on with the name of each statement (`Sql::name`) that is stopped by its time limit, in
/// the thread that ran it.
void tell_stopped_statements(Database& database, std::function<void(std::string_view name)> listener);

/// Never blocks longer than a lock is held for adding a number. Any thread.
Statistics statistics(const Database& database);

}  // namespace dontgoback::storage
