#include "topics.hpp"

#include <algorithm>

#include "dontgoback/text/ascii.hpp"
#include "dontgoback/text/searchable.hpp"
#include "dontgoback/text/utf8.hpp"

namespace dontgoback::core::search {
namespace {

/// What a `#` is followed by, up to what separates words: a letter is what `searchable` keeps.
std::string_view letters_of(std::string_view text) {
  auto rest = text;
  while (!rest.empty()) {
    const auto letter = rest.substr(0, text::sequence_length(rest));
    if (text::searchable(letter).empty()) break;
    rest.remove_prefix(letter.size());
  }
  return text.substr(0, text.size() - rest.size());
}

/// Whether a topic can follow.
bool may_precede(std::string_view before) {
  if (before.empty()) return true;
  auto start = before.size() - 1;
  while (start > 0 && (static_cast<unsigned char>(before[start]) & 0xC0U) == 0x80U) --start;
  const auto last = before.substr(start);
  return last != "#" && last != "/" && last != "&" && text::searchable(last).empty();
}

}  // namespace

std::string topic_name(std::string_view typed) {
  if (letters_of(typed).size() != typed.size() || text::code_points(typed) > kLongestTopic) return {};
  auto name = text::searchable(typed);
  if (text::code_points(name) < 2 || std::ranges::all_of(name, text::is_digit)) return {};
  return name;
}

bool has_topic(std::string_view content, std::string_view name) {
  for (auto at = content.find('#'); at != std::string_view::npos; at = content.find('#', at + 1)) {
    if (may_precede(content.substr(0, at)) && topic_name(letters_of(content.substr(at + 1))) == name) return true;
  }
  return false;
}

}  // namespace dontgoback::core::search
