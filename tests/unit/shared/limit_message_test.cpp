#include "shared/limit_message.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <string>

using namespace dontgoback::shared;
using namespace std::chrono_literals;
using Kind = LimitMessage::Kind;

TEST_CASE("what was counted is told and understood") {
  const std::string long_key(255, '\xFF');
  const LimitMessage messages[] = {
      {Kind::taken, {{"write", "17", 7200ms, 1h}, {"write-address", "2001:db8::/64", 360ms, 1h}, {"x", "", 1ns, 1ms}}},
      {Kind::added, {{"client", long_key, 24h * 365, {}}}},
      {Kind::cleared, {{"client", "a", {}, {}}}},
  };
  for (const auto& message : messages) {
    const auto text = encode(message);
    const auto again = decode_limits(text);
    REQUIRE(again);
    CHECK(again->kind == message.kind);
    REQUIRE(again->entries.size() == message.entries.size());
    for (std::size_t i = 0; i < message.entries.size(); ++i) {
      CHECK(again->entries[i].name == message.entries[i].name);
      CHECK(again->entries[i].key == message.entries[i].key);
      CHECK(again->entries[i].span == message.entries[i].span);
      CHECK(again->entries[i].period == message.entries[i].period);
    }
    // Cut short, or with more behind it, it is none.
    for (std::size_t size = 0; size < text.size(); ++size) {
      const auto part = decode_limits(std::string_view(text).substr(0, size));
      CHECK((!part || part->entries.size() < message.entries.size()));
    }
    CHECK_FALSE(decode_limits(text + "x"));
  }
}

TEST_CASE("what is too long to be told is left out") {
  const std::string long_key(256, 'k');
  CHECK_FALSE(decode_limits(encode({Kind::cleared, {{"client", long_key, {}, {}}}})));
  const auto rest = encode({Kind::cleared, {{"client", long_key, {}, {}}, {"client", "a", {}, {}}}});
  REQUIRE(decode_limits(rest));
  CHECK(decode_limits(rest)->entries.size() == 1);
}

TEST_CASE("what no node says is not understood") {
  const LimitMessage messages[] = {
      {Kind::taken, {}},
      {Kind::taken, {{"", "17", 1s, 1h}}},
      {Kind::taken, {{"write", "17", 0s, 1h}}},
      {Kind::taken, {{"write", "17", -1s, 1h}}},
      {Kind::taken, {{"write", "17", 2h, 1h}}},
      {Kind::taken, {{"write", "17", 1s, 49h}}},
      {Kind::added, {{"client", "a", 0s, {}}}},
      {Kind::added, {{"client", "a", 24h * 401, {}}}},
      {Kind::added, {{"client", "a", 1s, 1s}}},
      {Kind::cleared, {{"client", "a", 1s, {}}}},
      {static_cast<Kind>('z'), {{"client", "a", {}, {}}}},
      {Kind::taken, std::vector<LimitMessage::Entry>(9, {"write", "17", 1s, 1h})},
      {Kind::taken, {{std::string_view("a name that is much too long for one"), "17", 1s, 1h}}},
  };
  for (const auto& message : messages) CHECK_FALSE(decode_limits(encode(message)));
  for (const std::string text : {"", "t", "taken", "{}", "\xFF\xFF\xFF\xFF"}) CHECK_FALSE(decode_limits(text));
}
