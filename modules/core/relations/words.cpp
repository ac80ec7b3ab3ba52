#include "words.hpp"

#include <algorithm>

#include "dontgoback/text/nfc.hpp"
#include "dontgoback/text/searchable.hpp"
#include "dontgoback/text/utf8.hpp"

namespace dontgoback::core::relations {
namespace {

constexpr Failure kTooMany{FailureKind::invalid, {"숨길 단어는 100개까지입니다.", "At most 100 words can be hidden."}};
constexpr Failure kTooLong{FailureKind::invalid,
                           {"단어는 50자를 넘을 수 없습니다.", "A word must not be longer than 50 characters."}};
constexpr Failure kNoWord{
    FailureKind::invalid,
    {"문자나 숫자가 없는 단어는 숨길 수 없습니다.", "A word has at least one letter, number or symbol."}};

/// No letter takes more code points than this in another form.
constexpr std::size_t kLongestForm = 4;

}  // namespace

Result<HiddenWords> read_words(const std::vector<std::string>& sent) {
  if (sent.size() > kMostWords) return kTooMany;
  HiddenWords words;
  for (const auto& each : sent) {
    if (text::code_points(each) > kLongestForm * kLongestWord) return kTooLong;
    auto word = text::nfc(each);
    // A line of the column is a word.
    std::ranges::replace_if(
        word, [](char c) { return c >= 0 && c < ' '; }, ' ');
    if (text::code_points(word) > kLongestWord) return kTooLong;
    auto folded = text::searchable(word);
    if (folded.empty()) return kNoWord;
    if (std::ranges::find(words.folded, folded) != words.folded.end()) continue;
    words.written.push_back(std::move(word));
    words.folded.push_back(std::move(folded));
  }
  return words;
}

WordFilter::WordFilter(std::string_view folded) {
  words_.reserve(static_cast<std::size_t>(std::ranges::count(folded, '\n')) + 1);
  while (!folded.empty()) {
    const auto end = std::min(folded.find('\n'), folded.size());
    if (end != 0) words_.emplace_back(folded.substr(0, end));
    folded.remove_prefix(std::min(end + 1, folded.size()));
  }
  for (std::string_view word : words_) {
    const auto first = text::take_code_point(word);
    if (word.empty()) {
      single_.push_back(first);
      continue;
    }
    const auto second = text::take_code_point(word);
    marks_.set(mark(first, second));
    beginnings_.push_back(beginning(first, second));
  }
  std::ranges::sort(beginnings_);
}

/// Whether any of the words begins anywhere in it. Most texts have none, and are told apart by this without being made
/// comparable: ten of them were half of what a page cost.
bool WordFilter::may_hide(std::string_view text) const {
  bool found = false;
  std::uint32_t before = 0;
  const bool is_plain = text::each_plain_letter(text, [&](char32_t c) {
    if (marks_.test(mark(before, c))) {
      found = found || std::ranges::binary_search(beginnings_, beginning(before, c));
    }
    before = c;
    for (const auto single : single_) found = found || single == c;
  });
  return found || !is_plain;
}

std::size_t WordFilter::bytes() const {
  auto bytes = beginnings_.capacity() * sizeof(Beginning) + words_.capacity() * sizeof(std::string) +
               single_.capacity() * sizeof(std::uint32_t);
  for (const auto& word : words_) bytes += word.capacity();
  return bytes;
}

void WordFilter::let_through(std::string_view searchable) {
  std::erase_if(words_, [searchable](const std::string& word) { return searchable.find(word) != searchable.npos; });
}

bool WordFilter::hides(std::string_view text) const {
  if (words_.empty() || !may_hide(text)) return false;
  const auto searched = text::searchable(text);
  return std::ranges::any_of(words_,
                             [&searched](const std::string& word) { return searched.find(word) != std::string::npos; });
}

}  // namespace dontgoback::core::relations
