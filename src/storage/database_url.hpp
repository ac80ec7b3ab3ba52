#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <variant>

#include "open.hpp"

namespace dontgoback::storage {

struct SqliteAddress {
  std::filesystem::path file;  ///< absolute
};

struct MysqlAddress {
  std::string host;
  int port = 3306;
  std::string socket;  ///< instead of host and port when not empty
  std::string user;
  std::string name;
};

using DatabaseAddress = std::variant<SqliteAddress, MysqlAddress>;

/// What the settings' URL means. Throws std::invalid_argument naming it, without a password it may hold.
DatabaseAddress parse_database_url(const DatabaseSettings& settings);

}  // namespace dontgoback::storage
