#pragma once

#include <array>

#include "dontgoback/storage/connection.hpp"

// What a planner is told of the tables, true or not.
namespace dontgoback::test {

enum class Told {
  truth,          ///< just looked
  nothing,        ///< never looked
  all_tiny,       ///< some rows each
  tiny_accounts,  ///< a few accounts, a thousand million of the rest: MariaDB's faults began so
  tiny_rows,      ///< the other way round
};
inline constexpr std::array kAllTold{Told::truth, Told::nothing, Told::all_tiny, Told::tiny_accounts, Told::tiny_rows};

/// Rows in every table that a planned statement is about. The first of each is there and can be seen.
void fill(storage::Connection& connection);

/// Writes it into the database's own tables of statistics. A connection opened afterwards believes it.
void tell(storage::Connection& connection, Told told);

}  // namespace dontgoback::test
