#pragma once

#include <catch2/catch.hpp>
#include <string_view>
#include <vector>

#include "support/core/core_node.hpp"
#include "support/databases.hpp"

namespace dontgoback::test {

/// The schema of a core node: the host's jobs and core.
storage::Migrations core_schema();
/// As it was before the migration of core that has this number.
storage::Migrations core_schema_before(int number);

/// A core node on a fresh database, and what a test needs to look behind it.
struct World {
  explicit World(storage::Dialect dialect, const GivenOptions& given = {});

  /// A second node on the same database, with the same session key.
  std::unique_ptr<CoreNode> second_node() { return std::make_unique<CoreNode>(database, clock, fresh.directory()); }

  /// The one number that the statement answers.
  std::int64_t number(std::string_view sql);
  void execute(std::string_view sql);
  /// Whether every count kept in a row is what counting gives.
  bool counts_are_right();

  FreshDatabase fresh;
  storage::Database& database;
  SetClock clock;
  CoreNode node;
};

}  // namespace dontgoback::test
