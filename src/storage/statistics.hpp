#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

#include "dontgoback/storage/database.hpp"
#include "dontgoback/telemetry/metrics.hpp"

namespace dontgoback::storage {

/// Since the database was opened. On MariaDB every write is a batch of its own and none waits here.
struct Statistics {
  std::size_t waiting_writes = 0;      ///< now
  std::uint64_t batches = 0;           ///< transactions committed
  std::uint64_t committed_writes = 0;  ///< writes in them
  std::size_t lent_readers = 0;        ///< connections for reading in use now
  std::size_t readers = 0;             ///< at most so many at once
};

/// Calls `listener` from then on with the name of each statement (`Sql::name`) that is stopped by its time limit, in
/// the thread that ran it.
void tell_stopped_statements(Database& database, std::function<void(std::string_view name)> listener);

/// Times each COMMIT that wrote something from then on. `took` outlives the database.
void time_commits(Database& database, telemetry::Histogram& took);

/// Bytes that the database takes: an SQLite file with its log, MariaDB's tables and indexes as it estimates them.
/// Blocks as a read does, and throws as one.
std::uint64_t size_in_bytes(Database& database);

/// Never blocks longer than a lock is held for adding a number. Any thread.
Statistics statistics(const Database& database);

}  // namespace dontgoback::storage
