#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/result.hpp"

namespace dontgoback::core::relations {

/// Of an account's list of hidden words.
inline constexpr std::size_t kMostWords = 100;
inline constexpr std::size_t kLongestWord = 50;  ///< code points

/// Words as they were sent and as they are looked for, in the same order.
struct HiddenWords {
  std::vector<std::string> written;
  std::vector<std::string> folded;
};
/// From well-formed UTF-8, without those that say the same as one before. `invalid`: too many, too long, or nothing of
/// it is a letter, a number or a symbol. Pure.
Result<HiddenWords> read_words(const std::vector<std::string>& sent);

/// Whether a text has one of the words in it, `folded` being those of the column: one a line. Pure.
class WordFilter {
 public:
  WordFilter() = default;
  explicit WordFilter(std::string_view folded);

  bool empty() const { return words_.empty(); }
  /// Of memory besides its own size.
  std::size_t bytes() const;
  /// Forgets the words that are in a text, as `text::searchable` has it.
  void let_through(std::string_view searchable);
  /// Words are looked for inside of words, too: 나무 is in 사과나무.
  bool hides(std::string_view text) const;

 private:
  /// The first two letters of a word, or the one that it has.
  using Beginning = std::uint64_t;
  static constexpr std::size_t kMarks = 8192;
  static constexpr Beginning beginning(std::uint32_t first, std::uint32_t second) {
    return (Beginning{first} << 32) | second;
  }
  static constexpr std::size_t mark(std::uint32_t first, std::uint32_t second) {
    return (37 * first + second) % kMarks;
  }
  bool may_hide(std::string_view text) const;

  std::vector<std::string> words_;
  std::vector<Beginning> beginnings_;  // ascending
  std::bitset<kMarks> marks_;          // of two letters
  std::vector<std::uint32_t> single_;  // letters that are a word
};

}  // namespace dontgoback::core::relations
