#include "auth/keys/timeline.hpp"

#include <catch2/catch.hpp>

namespace dontgoback::auth {
namespace {

using namespace std::chrono_literals;

constexpr time::Timestamp kStart{std::chrono::milliseconds{1'800'000'000'000}};

KeyTimes key(std::int64_t sequence, time::Timestamp published_at, time::Timestamp signs_from) {
  return {sequence, "key-" + std::to_string(sequence), published_at, signs_from};
}

TEST_CASE("a key signs from its moment until the next one's") {
  const std::vector<KeyTimes> keys{key(1, kStart, kStart), key(2, kStart + 1h, kStart + 1h + kPublishedBefore)};
  const auto switched = kStart + 1h + kPublishedBefore;
  CHECK(signing_index(keys, kStart) == 0);
  CHECK(signing_index(keys, switched - 1ms) == 0);
  CHECK(signing_index(keys, switched) == 1);

  auto plan = plan_of(keys, switched - 1ms);
  CHECK(plan[0].state == KeyState::signing);
  CHECK(plan[1].state == KeyState::next);
  CHECK(plan[0].signs_until == switched);
  CHECK(plan[0].gone_at == switched + kKeptAfterLastToken);
  CHECK_FALSE(plan[1].signs_until);
  CHECK_FALSE(plan[1].gone_at);
  plan = plan_of(keys, switched);
  CHECK(plan[0].state == KeyState::retiring);
  CHECK(plan[1].state == KeyState::signing);
}

TEST_CASE("a clock that is years behind signs with the first key") {
  const std::vector<KeyTimes> keys{key(3, kStart, kStart), key(4, kStart + 1h, kStart + 2h)};
  CHECK(signing_index(keys, time::Timestamp{}) == 0);
  CHECK(plan_of(keys, time::Timestamp{})[0].state == KeyState::signing);
}

TEST_CASE("the next key is published early enough to sign on the day") {
  const std::vector<KeyTimes> one{key(1, kStart, kStart)};
  CHECK(next_publication(one, 24h, kStart) == kStart + 24h - kPublishedBefore);
  const std::vector<KeyTimes> two{key(1, kStart, kStart), key(2, kStart + 1h, kStart + 2h)};
  CHECK_FALSE(next_publication(two, 24h, kStart + 1h));
  CHECK(next_publication(two, 24h, kStart + 2h) == kStart + 26h - kPublishedBefore);
  CHECK_FALSE(next_publication({}, 24h, kStart));
  CHECK(plan_of({}, kStart).empty());
}

// Verifiers hold a set for its cache life and then need a fetch; tokens live five minutes, and clocks may differ.
TEST_CASE("whatever a verifier holds, it has the key of every token that is good") {
  const std::vector<KeyTimes> keys{key(1, kStart, kStart), key(2, kStart + 1h, kStart + 1h + kPublishedBefore)};
  const auto published = [&](const KeyPlan& plan, time::Timestamp at) {
    return plan.key.published_at <= at && (!plan.gone_at || at < *plan.gone_at);
  };
  const auto plan = plan_of(keys, kStart);
  for (auto issued = kStart + kKeySetCacheLife; issued < kStart + 2h; issued += 7s) {
    const auto& signer = plan[signing_index(keys, issued)];
    for (auto used = issued; used < issued + kTokenLifetime + 60s; used += 11s) {
      for (auto fetched = used - kKeySetCacheLife; fetched <= used; fetched += 13s) {
        REQUIRE(published(signer, fetched));
      }
    }
  }
}

}  // namespace
}  // namespace dontgoback::auth
