#include "http/server/event_loop.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "http/server/connection.hpp"

using namespace dontgoback::http;

namespace {

std::uint64_t undo_shift(std::uint64_t z, unsigned by) {
  std::uint64_t whole = z;
  for (unsigned done = by; done < 64; done += by) whole = z ^ whole >> by;
  return whole;
}

/// What SplitMix64 made it of: the mixing that ids once had, which anybody can undo.
std::uint64_t unmixed(const std::string& id) {
  constexpr std::uint64_t kInverse1 = 0x96DE1B173F119089U;  // of 0xBF58476D1CE4E5B9
  constexpr std::uint64_t kInverse2 = 0x319642B2D24D8EC3U;  // of 0x94D049BB133111EB
  auto z = undo_shift(std::stoull(id, nullptr, 16), 31) * kInverse2;
  z = undo_shift(z, 27) * kInverse1;
  return undo_shift(z, 30);
}

}  // namespace

TEST_CASE("Request ids differ, and do not tell how many lie between two") {
  EventLoop loop;
  std::set<std::string> ids;
  std::set<std::uint64_t> steps;
  std::set<std::uint64_t> mixed_steps;
  std::string id;
  std::uint64_t before = 0;
  std::uint64_t before_mixed = 0;
  constexpr int kIds = 1000;
  for (int i = 0; i < kIds; ++i) {
    loop.next_request_id(id);
    CHECK(id.size() == 16);
    CHECK(id.find_first_not_of("0123456789abcdef") == std::string::npos);
    ids.insert(id);
    const auto value = std::stoull(id, nullptr, 16);
    steps.insert(value - before);
    mixed_steps.insert(unmixed(id) - before_mixed);
    before = value;
    before_mixed = unmixed(id);
  }
  CHECK(ids.size() == kIds);
  CHECK(steps.size() == kIds);
  CHECK(mixed_steps.size() == kIds);
}
