#pragma once

#include <cstdint>

#include "soci_connection.hpp"

namespace dontgoback::storage {

/// Renews what the planner knows of the tables, after many rows came at once. Looks at a part of each index only, so
/// that it takes about as long for a million rows as for a thousand.
void renew_table_statistics(SociConnection& connection);

/// Bytes of MariaDB's tables and indexes, as it estimates them.
std::uint64_t size_of_tables(Connection& connection);

}  // namespace dontgoback::storage
