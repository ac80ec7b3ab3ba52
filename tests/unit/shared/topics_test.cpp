#include <atomic>
#include <catch2/catch.hpp>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "shared/local_state.hpp"

using namespace dontgoback::shared;

namespace {

/// Waits until all that was published before has been heard.
void settle(State& state) {
  std::promise<void> heard;
  const auto last = state.subscribe("settle", [&](std::string_view) { heard.set_value(); });
  state.publish("settle", "");
  heard.get_future().wait();
}

}  // namespace

TEST_CASE("who subscribed to the topic hears its messages in their order, and no other") {
  LocalState local;
  State& state = local;
  std::vector<std::string> one, two, other;
  const auto into = [](std::vector<std::string>& heard) {
    return [&heard](std::string_view message) { heard.emplace_back(message); };
  };
  const auto first = state.subscribe("a", into(one));
  const auto second = state.subscribe("a", into(two));
  const auto third = state.subscribe("ab", into(other));
  std::vector<std::string> sent;
  for (int i = 0; i < 100; ++i) state.publish("a", sent.emplace_back(std::to_string(i)));
  state.publish("b", "nobody");
  settle(state);
  CHECK(one == sent);
  CHECK(two == sent);
  CHECK(other.empty());
}

TEST_CASE("any bytes are a message, up to their limits") {
  LocalState local;
  State& state = local;
  std::string heard;
  const std::string topic(kLongestTopic, 't');
  const auto subscription = state.subscribe(topic, [&](std::string_view message) { heard = message; });
  std::string message(kLongestMessage, '\0');
  message[1] = '\n';
  state.publish(topic, message);
  settle(state);
  CHECK(heard == message);
  CHECK_THROWS_AS(state.publish(topic, message + "x"), std::logic_error);
  CHECK_THROWS_AS(state.publish(topic + "t", ""), std::logic_error);
  CHECK_THROWS_AS(state.publish("", ""), std::logic_error);
  CHECK_THROWS_AS(state.subscribe("", [](std::string_view) {}), std::logic_error);
}

TEST_CASE("what one throws keeps nobody from hearing") {
  LocalState local;
  State& state = local;
  int heard = 0;
  const auto throwing = state.subscribe("a", [](std::string_view) { throw std::runtime_error("bad message"); });
  const auto counting = state.subscribe("a", [&](std::string_view) { ++heard; });
  for (int i = 0; i < 3; ++i) state.publish("a", "");
  settle(state);
  CHECK(heard == 3);
}

TEST_CASE("ending a subscription waits for its call, and nothing is called after it") {
  LocalState local;
  State& state = local;
  std::promise<void> begun, go_on;
  bool ended = false;
  int calls = 0;
  auto subscription = state.subscribe("a", [&](std::string_view) {
    ++calls;
    begun.set_value();
    go_on.get_future().wait();
    ended = true;
  });
  state.publish("a", "");
  begun.get_future().wait();
  std::thread later([&] { go_on.set_value(); });
  subscription.reset();
  CHECK(ended);
  later.join();
  state.publish("a", "");
  settle(state);
  CHECK(calls == 1);
}

TEST_CASE("a subscription may be ended by its own call") {
  LocalState local;
  State& state = local;
  int calls = 0;
  std::unique_ptr<Subscription> own;
  own = state.subscribe("a", [&](std::string_view) {
    ++calls;
    own.reset();
  });
  state.publish("a", "");
  state.publish("a", "");
  settle(state);
  CHECK(calls == 1);
}

TEST_CASE("one call may end another's subscription, which is not called then") {
  LocalState local;
  State& state = local;
  int calls = 0;
  std::unique_ptr<Subscription> second;
  const auto first = state.subscribe("a", [&](std::string_view) { second.reset(); });
  second = state.subscribe("a", [&](std::string_view) { ++calls; });
  state.publish("a", "");
  settle(state);
  CHECK(calls == 0);
}

TEST_CASE("a call may publish and subscribe") {
  LocalState local;
  State& state = local;
  std::promise<std::string> heard;
  std::unique_ptr<Subscription> inner;
  const auto outer = state.subscribe("a", [&](std::string_view message) {
    inner = state.subscribe("b", [&](std::string_view answer) { heard.set_value(std::string(answer)); });
    state.publish("b", message);
  });
  state.publish("a", "hello");
  CHECK(heard.get_future().get() == "hello");
}

TEST_CASE("a subscription may outlive its state") {
  std::unique_ptr<State> state = std::make_unique<LocalState>();
  auto subscription = state->subscribe("a", [](std::string_view) {});
  state->publish("a", "");
  state.reset();
  subscription.reset();
}

TEST_CASE("who is too slow loses messages, and everybody is told once") {
  LocalState local;
  State& state = local;
  std::promise<void> begun, go_on;
  std::vector<std::string> heard;
  int lost = 0, lost_of_others = 0;
  const auto slow = state.subscribe(
      "a",
      [&](std::string_view message) {
        if (heard.empty()) {
          begun.set_value();
          go_on.get_future().wait();
        }
        heard.emplace_back(message);
      },
      [&] { ++lost; });
  std::promise<void> told;
  const auto other = state.subscribe(
      "b", [](std::string_view) {},
      [&] {
        if (++lost_of_others == 1) told.set_value();
      });
  state.publish("a", "first");
  begun.get_future().wait();
  constexpr auto kMany = 2 * Topics::kLongestLine;
  for (std::size_t i = 0; i < kMany; ++i) state.publish("a", std::to_string(i));
  go_on.set_value();
  // `lost` comes after all that was in the line.
  told.get_future().wait();
  settle(state);
  CHECK(heard.size() == Topics::kLongestLine + 1);
  CHECK(heard.back() == std::to_string(Topics::kLongestLine - 1));
  CHECK(lost == 1);
  CHECK(lost_of_others == 1);
}

TEST_CASE("many threads publish, subscribe and end") {
  LocalState local;
  State& state = local;
  std::atomic<int> heard = 0;
  const auto all = state.subscribe("a", [&](std::string_view) { ++heard; });
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 200; ++n) {
        int own = 0;
        const auto mine = state.subscribe("a", [&own](std::string_view) { ++own; });
        state.publish("a", "x");
      }
    });
  }
  for (auto& thread : threads) thread.join();
  settle(state);
  CHECK(heard == 800);
}
