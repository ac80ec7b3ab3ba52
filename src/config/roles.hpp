#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dontgoback::config {

/// What `--role` may say, besides `all`: which of the modules run in the process.
struct Role {
  std::string_view name;
  std::uint16_t port;  ///< where it listens, when nothing else is said
};

using Roles = std::vector<Role>;

/// Every module runs.
inline constexpr Role kAllRoles{"all", 8090};

}  // namespace dontgoback::config
