#pragma once

#include <cstddef>
#include <string_view>

namespace dontgoback::mail {

inline constexpr std::size_t kMaxAddress = 254;  ///< RFC 5321 section 4.5.3.1.3, without the angle brackets

/// Whether a mail can be sent there: `dot-atom@domain` (RFC 5322 section 3.4.1) in ASCII, at most 64 bytes before the
/// sign and 254 in all, labels of letters, digits and inner hyphens, the last of which is no number. Quoted local
/// parts, address literals, comments and UTF-8 are none: servers differ in them, and nobody who signs up has one.
bool is_address(std::string_view text);

}  // namespace dontgoback::mail
