#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dontgoback::walk::rpc {

inline constexpr std::size_t kLongestToken = 4096;  ///< bytes

/// The token of an `authorization` entry, before which `Bearer ` stands once, twice (as the first release's app sends
/// it) or not at all. Nothing where there is no token, or none that could be one.
std::optional<std::string> bearer_token(std::string_view authorization);

}  // namespace dontgoback::walk::rpc
