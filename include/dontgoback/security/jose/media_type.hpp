#pragma once

#include <string_view>

namespace dontgoback::security {

/// Whether a header's `typ` is that type: its case does not matter, and `application/` may be left out (RFC 7515
/// section 4.1.9).
bool is_media_type(std::string_view typ, std::string_view expected);

}  // namespace dontgoback::security
