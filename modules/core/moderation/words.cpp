#include "words.hpp"

#include <algorithm>

#include "dontgoback/text/ascii.hpp"
#include "dontgoback/text/searchable.hpp"
#include "dontgoback/text/utf8.hpp"

namespace dontgoback::core::moderation {
namespace {

constexpr Failure kWord{FailureKind::invalid, {"단어는 2자 이상 50자 이하여야 합니다.", "A word has 2 to 50 letters."}};

bool is_host_letter(char c) { return text::is_letter(c) || text::is_digit(c) || c == '-'; }

/// Whether the dot at `at` is in the name of a host: letters before it, and at least two behind, to the end of a word.
bool is_in_host(std::string_view content, std::size_t at) {
  if (at == 0 || !is_host_letter(content[at - 1])) return false;
  auto end = at + 1;
  while (end < content.size() && text::is_letter(content[end])) ++end;
  const bool ends = end == content.size() || !(is_host_letter(content[end]) || content[end] == '_');
  return end - at > 2 && ends;
}

}  // namespace

Result<std::string> read_word(std::string_view word) {
  if (word.size() > 4 * kMaxWord) return kWord;
  auto folded = text::searchable(word);
  const auto letters = text::code_points(folded);
  if (letters < 2 || letters > kMaxWord) return kWord;
  return folded;
}

bool has_word(const Rules& rules, std::string_view content) {
  if (rules.words.empty()) return false;
  const auto words = text::searchable(content);
  return std::ranges::any_of(rules.words, [&words](const auto& word) { return words.find(word) != std::string::npos; });
}

bool has_link(std::string_view content) {
  if (content.find("://") != std::string_view::npos) return true;
  for (auto dot = content.find('.'); dot != std::string_view::npos; dot = content.find('.', dot + 1)) {
    if (is_in_host(content, dot)) return true;
  }
  return false;
}

bool is_new(std::chrono::hours new_for, time::Timestamp created_at, time::Timestamp now) {
  const auto age = now - created_at;
  return age >= -std::chrono::hours(1) && age < new_for;
}

}  // namespace dontgoback::core::moderation
