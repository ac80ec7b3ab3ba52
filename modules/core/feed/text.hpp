#pragma once

#include <string>
#include <string_view>

#include "dontgoback/text/written.hpp"

namespace dontgoback::core::feed {

/// A post's or comment's text as it is stored.
inline Result<std::string> read_text(std::string_view sent) { return text::read_written(sent); }

}  // namespace dontgoback::core::feed
