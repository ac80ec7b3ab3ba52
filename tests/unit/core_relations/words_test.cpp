#include "core/relations/words.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "dontgoback/text/searchable.hpp"

using dontgoback::core::relations::WordFilter;
using dontgoback::text::searchable;

namespace {

std::string some_of(std::mt19937& random, const std::vector<std::string>& letters, std::size_t most) {
  std::string text;
  for (auto left = random() % (most + 1); left > 0; --left) text += letters[random() % letters.size()];
  return text;
}

}  // namespace

TEST_CASE("A text is hidden for the words that are in it as it is searched, and for no others") {
  std::mt19937 random(7);  // NOLINT: the same texts each time
  const std::vector<std::string> plain{"가", "나", "다", "a", "A", "b", "1", "+", " ", ",", " - "};
  auto all = plain;
  for (const auto* other : {"é", "E\u0301", "\u1100\u1161", "…", "😀", "ﬁ", "ß"}) all.emplace_back(other);
  int hidden = 0;
  int shown = 0;
  for (int i = 0; i < 20'000; ++i) {
    const auto& letters = i % 2 == 0 ? plain : all;
    std::vector<std::string> words;
    std::string column;
    for (auto left = 1 + random() % 3; left > 0; --left) {
      auto word = searchable(some_of(random, letters, 4));
      if (word.empty()) continue;
      column.append(column.empty() ? "" : "\n").append(word);
      words.push_back(std::move(word));
    }
    const auto text = some_of(random, letters, 10);
    const auto searched = searchable(text);
    const bool expected =
        std::ranges::any_of(words, [&](const auto& word) { return searched.find(word) != std::string::npos; });
    INFO("'" << text << "' and " << column);
    REQUIRE(WordFilter(column).hides(text) == expected);
    ++(expected ? hidden : shown);
  }
  CHECK(hidden > 1000);
  CHECK(shown > 1000);
}
