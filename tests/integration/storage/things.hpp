#pragma once

#include <optional>
#include <string>

#include "dontgoback/storage/database.hpp"
#include "dontgoback/storage/migration.hpp"

namespace dontgoback::test {

/// A table for tests of the storage itself: things (id, number, name UNIQUE, bytes).
storage::Migrations things();

/// The new thing's id.
std::int64_t insert_thing(storage::Database& database, std::optional<std::int64_t> number,
                          std::optional<std::string> name = {});
std::int64_t count_things(storage::Database& database);

}  // namespace dontgoback::test
