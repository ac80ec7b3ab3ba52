#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dontgoback::text {

/// The bytes that percent escapes stand for (RFC 3986 section 2.1); nothing where a `%` is not followed by two
/// hexadecimal digits. What the bytes are is for the caller to check.
std::optional<std::string> percent_decoded(std::string_view text);

/// The same, and `+` is a blank: a name or value of `application/x-www-form-urlencoded`.
std::optional<std::string> form_decoded(std::string_view text);

/// A text as a name or value of `application/x-www-form-urlencoded`, and of a URL's query: letters, digits, `-`, `.`,
/// `_` and `~` stay, every other byte is escaped.
std::string percent_encoded(std::string_view text);

/// The one spelling of percent escapes (RFC 3986 section 6.2.2): in upper case, and only where they are needed. Nothing
/// where percent_decoded has nothing.
std::optional<std::string> percent_normalized(std::string_view text);

}  // namespace dontgoback::text
