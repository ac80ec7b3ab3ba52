#pragma once

#include <string>
#include <string_view>

namespace dontgoback::security {

/// Two lower-case digits a byte.
std::string hex(std::string_view bytes);

}  // namespace dontgoback::security
