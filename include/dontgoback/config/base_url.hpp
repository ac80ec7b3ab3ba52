#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/text/url.hpp"

namespace dontgoback::config {

/// `http://HOST[:PORT][/PATH]` or the same with https, the path without trailing slashes. No query, no fragment.
std::optional<text::Url> parse_base_url(std::string_view text);

/// What keeps a text from being one, without naming its parts, for it may hold a password: `must be …`.
std::string problem_of_base_url(std::string_view text);

}  // namespace dontgoback::config
