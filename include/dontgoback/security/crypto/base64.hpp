#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dontgoback::security {

/// RFC 4648 section 5, without padding.
std::string base64url_encode(std::string_view bytes);
/// Strict: only the alphabet, no padding, no stray bits.
std::optional<std::string> base64url_decode(std::string_view text);
/// RFC 4648 section 4, with padding, one line.
std::string base64_encode(std::string_view bytes);
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace dontgoback::security
