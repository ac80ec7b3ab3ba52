#pragma once

#include <optional>
#include <string_view>

namespace dontgoback::security {

/// The two algorithms there are (RFC 7518 sections 3.3 and 3.4). No `none`, no HMAC.
enum class Algorithm { rs256, es256 };

std::string_view name_of(Algorithm algorithm);
/// Nothing for other names.
std::optional<Algorithm> algorithm_named(std::string_view name);

}  // namespace dontgoback::security
