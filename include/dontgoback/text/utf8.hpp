#pragma once

#include <cstddef>
#include <string_view>

namespace dontgoback::text {

/// Whether the bytes are well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms).
bool is_utf8(std::string_view bytes);

/// Bytes of the well-formed sequence that the text, which is not empty, begins with; 0 when it begins with none.
std::size_t sequence_length(std::string_view bytes);

/// Code points in well-formed UTF-8.
std::size_t code_points(std::string_view utf8);

/// The beginning of the text, at most so many bytes, that ends between two characters.
std::string_view shortened(std::string_view utf8, std::size_t most);

/// Takes the first code point off well-formed UTF-8 that is not empty.
char32_t take_code_point(std::string_view& utf8);

}  // namespace dontgoback::text
