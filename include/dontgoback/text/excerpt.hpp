#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dontgoback::text {

/// The beginning of a text as one line, for a title or a preview: at most `most` characters as people count them
/// (grapheme clusters of UAX #29), then `…`. Blanks and line ends are one blank each run; what controls or turns the
/// direction of what stands around it (Cc, U+202A to U+202E, U+2066 to U+2069) is left out. A character takes 16 code
/// points at most. Well-formed UTF-8. Pure.
std::string excerpt(std::string_view utf8, std::size_t most);

/// A text in HTML or XML, as content or in an attribute's quotes: `& < > " '` escaped, and what XML 1.0 (section 2.2)
/// has no place for left out. Well-formed UTF-8. Pure.
std::string escaped_for_markup(std::string_view utf8);

}  // namespace dontgoback::text
