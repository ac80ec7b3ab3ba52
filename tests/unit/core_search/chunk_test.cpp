#include "core/search/chunk.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>

using namespace dontgoback::core::search;

namespace {

Offsets some(const std::vector<int>& offsets) {
  Offsets made;
  for (const int offset : offsets) made.add(offset);
  return made;
}

std::vector<int> listed_down(const Offsets& offsets) {
  std::vector<int> list;
  offsets.each_down([&list](int offset) {
    list.push_back(offset);
    return true;
  });
  return list;
}

}  // namespace

TEST_CASE("A row reads as it was written") {
  using namespace std::string_literals;
  CHECK(encode(some({0, 1, 2})) == "\0\0\0"s);
  CHECK(encode(some({5, 133, 262})) == "\5\x7f\x80\1"s);
  CHECK(encode(some({4095})) == "\xff\x1f"s);
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    Offsets offsets;
    const auto rarity = 1U << (random() % 12);
    for (int i = 0; i < kChunkPosts; ++i) {
      if (random() % rarity == 0) offsets.add(i);
    }
    if (offsets.empty()) continue;
    Offsets read;
    REQUIRE(decode(encode(offsets), read));
    CHECK(read == offsets);
    CHECK(static_cast<int>(listed_down(read).size()) == offsets.count());
  }
}

TEST_CASE("What was not written so is no row") {
  using namespace std::string_literals;
  for (const auto& bytes : {""s, "\x80"s, "\x80\0"s, "\xff\xff"s, "\xff\x20"s, "\xff\x1f\0"s, "\x80\x80\1"s}) {
    CAPTURE(bytes);
    Offsets offsets;
    CHECK_FALSE(decode(bytes, offsets));
  }
}

TEST_CASE("Offsets are compared and cut") {
  auto offsets = some({0, 63, 64, 65, 4095});
  CHECK(listed_down(offsets) == std::vector{4095, 65, 64, 63, 0});
  offsets.keep_below(4096);
  CHECK(offsets.count() == 5);
  offsets.keep_below(65);
  CHECK(offsets == some({0, 63, 64}));
  offsets.keep_below(64);
  CHECK(offsets == some({0, 63}));
  offsets &= some({63, 64});
  CHECK(offsets == some({63}));
  offsets.keep_below(0);
  CHECK(offsets.empty());
}
