#pragma once

#include <string_view>

namespace dontgoback::security {

/// Equal, in time that depends on the lengths only.
bool equal_constant_time(std::string_view a, std::string_view b);

}  // namespace dontgoback::security
