#pragma once

#include <string_view>

namespace dontgoback::app {

inline constexpr std::string_view kVersion = DONTGOBACK_VERSION;  // of CMake's project()

}  // namespace dontgoback::app
