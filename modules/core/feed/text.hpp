#pragma once

#include <string>
#include <string_view>

#include "dontgoback/result.hpp"

namespace dontgoback::core::feed {

/// Unicode code points of a post or comment (contract, section 1).
inline constexpr std::size_t kMaxText = 600;

/// A post's or comment's text as it is stored, from well-formed UTF-8 as it was sent: line ends are line feeds (of CR
/// LF and CR too), letters composed (Normalization Form C). Then it has 1 to kMaxText code points, at least one that
/// can be seen (is_unseen), and no control characters but line feed and tab; else it is refused. The page does the same
/// (ui/src/lib/text.ts). Pure.
Result<std::string> read_text(std::string_view sent);

/// Whether nobody sees the character: White_Space and Default_Ignorable_Code_Point of Unicode 15, its format controls
/// that show nothing, and the empty braille pattern. Such alone are blank.
bool is_unseen(char32_t c);

}  // namespace dontgoback::core::feed
