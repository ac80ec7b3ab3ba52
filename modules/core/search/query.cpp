#include "query.hpp"

#include <algorithm>

#include "dontgoback/text/parts.hpp"
#include "dontgoback/text/searchable.hpp"
#include "dontgoback/text/utf8.hpp"
#include "topics.hpp"

namespace dontgoback::core::search {
namespace {

constexpr Failure kTooLong{
    FailureKind::invalid,
    {"검색어는 600자를 넘을 수 없습니다.", "What is searched must not be longer than 600 characters."}};
constexpr Failure kNoWord{FailureKind::invalid,
                          {"검색어를 입력해 주세요.", "`q` needs a word: punctuation is not searched."}};
constexpr Failure kTooShort{FailureKind::invalid,
                            {"두 글자 이상의 단어로 검색해 주세요.", "Search for a word of two characters at least."}};

constexpr Failure kNoTopic{FailureKind::invalid,
                           {"주제는 # 없이 두 글자에서 50자까지이며 띄어쓰기와 문장 부호가 없습니다.",
                            "A topic is two to 50 characters without its #, with no blanks and no punctuation."}};

/// Nothing else is composed to or folded to one of these, and they are folded to themselves: a Hangul syllable, an
/// ideograph, a kana, a digit.
bool stays_itself(char32_t c) {
  return (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3041 && c <= 0x3096) ||
         (c >= 0x30A1 && c <= 0x30FA) || (c >= U'0' && c <= U'9');
}

std::string_view longest_run(std::string_view word) {
  std::string_view longest;
  const char* begin = word.data();
  for (auto rest = word; !rest.empty();) {
    if (!stays_itself(text::take_code_point(rest))) {
      begin = rest.data();
    } else if (const auto length = static_cast<std::size_t>(rest.data() - begin); length > longest.size()) {
      longest = {begin, length};
    }
  }
  return longest;
}

std::vector<std::string> words_of(std::string_view searchable) {
  std::vector<std::string> words;
  while (!searchable.empty()) words.emplace_back(text::take(searchable, ' '));
  std::ranges::sort(words, [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  const auto twice = std::ranges::unique(words);
  words.erase(twice.begin(), twice.end());
  return words;
}

/// Some of many, evenly.
std::vector<Bigram> some_of(const std::vector<Bigram>& all) {
  if (all.size() <= kMostBigrams) return all;
  std::vector<Bigram> some;
  for (std::size_t i = 0; i < kMostBigrams; ++i) some.push_back(all[i * all.size() / kMostBigrams]);
  return some;
}

}  // namespace

Result<Query> read_query(std::string_view typed) {
  if (text::code_points(typed) > kLongestQuery) return kTooLong;
  Query query;
  query.text = text::searchable(typed);
  if (query.text.empty()) return kNoWord;
  query.bigrams = some_of(bigrams_of(query.text));
  if (query.bigrams.empty()) return kTooShort;
  query.words = words_of(query.text);
  for (const auto& word : query.words) {
    if (const auto run = longest_run(word); run.size() > query.needle.size()) query.needle = run;
  }
  return query;
}

Result<Query> read_topic(std::string_view typed) {
  const auto name = text::code_points(typed) > kLongestTopic ? std::string() : topic_name(typed);
  if (name.empty()) return kNoTopic;
  auto query = read_query(name);
  if (query.has_value()) query->topic = name;
  return query;
}

bool matches(const Query& query, std::string_view content) {
  if (!query.topic.empty()) return has_topic(content, query.topic);
  const auto searchable = text::searchable(content);
  return std::ranges::all_of(
      query.words, [&searchable](const std::string& word) { return searchable.find(word) != std::string::npos; });
}

}  // namespace dontgoback::core::search
