#pragma once

#include <string_view>

namespace dontgoback::web {

/// The start page, HTML in UTF-8, as long as the program lives.
extern const std::string_view kPage;

}  // namespace dontgoback::web
