#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dontgoback::security {

/// An http or https URL without query and fragment, normalised (RFC 3986 sections 6.2.2 and 6.2.3): scheme and host in
/// lower case, no default port, `/` for an empty path, percent escapes in upper case and only where they are needed.
/// Dot segments stay: no route has them. Nothing for other schemes, user names, or characters that a URL has not. A
/// fuzzer may call it.
std::optional<std::string> normalized_url(std::string_view url);

}  // namespace dontgoback::security
