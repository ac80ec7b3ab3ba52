#pragma once

#include <string_view>

#include "dontgoback/result.hpp"

namespace dontgoback::core::feed {

/// Unicode code points of a post or comment (contract, section 1).
inline constexpr std::size_t kMaxText = 600;

/// Whether well-formed UTF-8 may be a post's or comment's text: 1 to kMaxText code points, at least one that can be
/// seen (white space and invisible characters alone are blank), no control characters but line feed and tab. Pure.
Result<Done> check_text(std::string_view text);

}  // namespace dontgoback::core::feed
