#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dontgoback::core::search {

inline constexpr std::size_t kLongestTopic = 50;  ///< code points

/// The name of a topic as it is compared: as `text::searchable` has it. Empty for what can be none: fewer than two code
/// points or more than kLongestTopic, digits alone, or what separates words among them. Well-formed UTF-8. Pure.
std::string topic_name(std::string_view typed);

/// Whether a text has a topic, by the name that `topic_name` gave: `#` and its letters, up to what separates words.
/// What stands before the `#` separates words, too, and is neither `#`, `/` nor `&`, as in addresses and escapes. Pure.
bool has_topic(std::string_view content, std::string_view name);

}  // namespace dontgoback::core::search
