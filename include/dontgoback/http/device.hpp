#pragma once

#include <string>
#include <string_view>

namespace dontgoback::http {

/// Browser and system, by `User-Agent`: `Chrome · Android`; one of them when the other is not known, "" when neither
/// is. Words of a fixed list, of which the longest have 40 bytes together: a stranger cannot put others before somebody
/// who reads where they are signed in.
std::string device_of(std::string_view user_agent);

}  // namespace dontgoback::http
