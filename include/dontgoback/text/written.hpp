#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "dontgoback/result.hpp"

namespace dontgoback::text {

/// Unicode code points of what people write: a post, a comment, what is added to a report (contract, section 1).
inline constexpr std::size_t kMostWritten = 600;

/// A text as it is stored, from well-formed UTF-8 as it was sent: line ends are line feeds (of CR LF and CR too),
/// letters composed (Normalization Form C). Then it has 1 to kMostWritten code points, at least one that can be seen
/// (is_unseen), and no control characters but line feed and tab; else it is refused. The page does the same
/// (ui/src/lib/text.ts). Pure.
Result<std::string> read_written(std::string_view sent);

/// Whether nobody sees the character: White_Space and Default_Ignorable_Code_Point of Unicode 15, its format controls
/// that show nothing, and the empty braille pattern. Such alone are blank.
bool is_unseen(char32_t c);

}  // namespace dontgoback::text
