#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "feed/feed.hpp"

namespace dontgoback::core::search {

/// A run of kChunkPosts ids: what a row of the index is about.
using Chunk = std::int64_t;

inline constexpr int kChunkBits = 12;
inline constexpr std::int64_t kChunkPosts = 1 << kChunkBits;

constexpr Chunk chunk_of(feed::PostId id) { return id.value >> kChunkBits; }
constexpr int offset_of(feed::PostId id) { return static_cast<int>(id.value & (kChunkPosts - 1)); }
/// The id of the chunk's first post.
constexpr feed::PostId first_of(Chunk chunk) { return {chunk << kChunkBits}; }

/// Some posts of a chunk, by where they are in it.
class Offsets {
 public:
  void add(int offset) { words_[word(offset)] |= bit(offset); }
  bool has(int offset) const { return (words_[word(offset)] & bit(offset)) != 0; }
  bool empty() const;
  int count() const;
  /// Leaves those below.
  void keep_below(int offset);
  Offsets& operator&=(const Offsets& other);
  friend bool operator==(const Offsets&, const Offsets&) = default;

  /// Calls `row(offset)` from the highest down, until it says false; whether it never did.
  template <class F>
  bool each_down(F&& row) const {
    for (auto i = words_.size(); i-- > 0;) {
      for (auto left = words_[i]; left != 0;) {
        const int highest = 63 - std::countl_zero(left);
        left &= ~(std::uint64_t{1} << highest);
        if (!row(static_cast<int>(i) * 64 + highest)) return false;
      }
    }
    return true;
  }
  /// From the lowest up.
  template <class F>
  void each_up(F&& row) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (auto left = words_[i]; left != 0; left &= left - 1) row(static_cast<int>(i) * 64 + std::countr_zero(left));
    }
  }

 private:
  static constexpr std::size_t word(int offset) { return static_cast<std::size_t>(offset) / 64; }
  static constexpr std::uint64_t bit(int offset) { return std::uint64_t{1} << (offset % 64); }

  std::array<std::uint64_t, kChunkPosts / 64> words_{};
};

/// As a row has them: for each, ascending, how many it leaves out since the one before, as a variable-length number
/// (LEB128: seven bits a byte, the low ones first, the high bit says that another byte follows).
std::string encode(const Offsets& offsets);

/// Adds what a row has; false for what `encode` did not write, which may leave some of it added. Pure; a fuzzer may
/// call it.
bool decode(std::string_view row, Offsets& offsets);

}  // namespace dontgoback::core::search
