#pragma once

#include <string_view>
#include <vector>

#include "dontgoback/storage/connection.hpp"

namespace dontgoback::storage {

/// One numbered step of a module's schema, built in from `<module>/migrations/NNN_name.<dialect>.sql`.
/// Applied at start in order of number, once, under a lock, its checksum kept: a changed text or a database newer than
/// the program stops the start. Statements end with `;` at the end of a line.
struct Migration {
  std::string_view module;  ///< e.g. "core"
  int number;               ///< 1, 2, 3 … without gaps
  std::string_view name;    ///< e.g. "accounts"
  Dialect dialect;
  std::string_view sql;
};

using Migrations = std::vector<Migration>;

}  // namespace dontgoback::storage
