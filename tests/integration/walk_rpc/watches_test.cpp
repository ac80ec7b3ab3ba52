#include "rpc/watches.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "shared/local_state.hpp"

namespace dontgoback::test {
namespace {

TEST_CASE("who ends while it is to be told later is told no more, and others are", "[walk_rpc]") {
  using namespace std::chrono_literals;
  shared::LocalState state;
  walk::rpc::Watches watches(state, [](const std::function<void()>& work) { work(); });
  const auto ann = [] { return std::vector<WalkerId>{{1}}; };
  std::atomic<int> told = 0, other_told = 0;
  auto watch = watches.add({7}, ann, [&] { ++told; });
  const auto until = [](const auto& holds) {
    for (int i = 0; i < 1000 && !holds(); ++i) std::this_thread::sleep_for(10ms);
    return holds();
  };
  REQUIRE(until([&] { return told == 1; }));
  state.publish(walk::steps::kChangedTopic, "1");  // of which it is told a second later
  std::this_thread::sleep_for(200ms);
  watch.reset();
  std::this_thread::sleep_for(1200ms);
  CHECK(told == 1);
  const auto other = watches.add({8}, ann, [&] { ++other_told; });
  CHECK(until([&] { return other_told == 1; }));
}

}  // namespace
}  // namespace dontgoback::test
