#include "chunk.hpp"

#include <algorithm>
#include <numeric>

namespace dontgoback::core::search {

bool Offsets::empty() const {
  return std::ranges::all_of(words_, [](std::uint64_t word) { return word == 0; });
}

int Offsets::count() const {
  return std::accumulate(words_.begin(), words_.end(), 0,
                         [](int sum, std::uint64_t word) { return sum + std::popcount(word); });
}

void Offsets::keep_below(int offset) {
  if (offset >= kChunkPosts) return;
  words_[word(offset)] &= bit(offset) - 1;
  std::fill(words_.begin() + static_cast<std::ptrdiff_t>(word(offset)) + 1, words_.end(), 0);
}

Offsets& Offsets::operator&=(const Offsets& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
  return *this;
}

std::string encode(const Offsets& offsets) {
  std::string row;
  int next = 0;
  offsets.each_up([&](int offset) {
    const int left_out = offset - next;
    if (left_out >= 0x80) row += static_cast<char>((left_out & 0x7F) | 0x80);
    row += static_cast<char>(left_out >= 0x80 ? left_out >> 7 : left_out);
    next = offset + 1;
  });
  return row;
}

bool decode(std::string_view row, Offsets& offsets) {
  int next = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    int left_out = static_cast<unsigned char>(row[i]);
    if (left_out >= 0x80) {
      if (++i == row.size()) return false;
      const int high = static_cast<unsigned char>(row[i]);
      if (high == 0 || high >= 0x80) return false;
      left_out = (left_out & 0x7F) | (high << 7);
    }
    const int offset = next + left_out;
    if (offset >= kChunkPosts) return false;
    offsets.add(offset);
    next = offset + 1;
  }
  return !row.empty();
}

}  // namespace dontgoback::core::search
