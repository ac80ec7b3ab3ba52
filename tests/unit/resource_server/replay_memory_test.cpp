#include "auth/resource_server/replay_memory.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "support/set_clock.hpp"

using namespace dontgoback;
using namespace dontgoback::auth;
using namespace std::chrono_literals;
using Outcome = ReplayMemory::Outcome;

namespace {

struct Memory {
  test::SetClock clock;
  ReplayMemory memory{clock, 16};

  Outcome use(std::string_view identifier, std::chrono::seconds from_now, std::string_view owner = "someone") {
    return memory.use(owner, identifier, std::chrono::floor<std::chrono::seconds>(clock.now()) + from_now);
  }
};

}  // namespace

TEST_CASE_METHOD(Memory, "an identifier is used once, whatever its end") {
  CHECK(use("a", 60s) == Outcome::first);
  CHECK(use("b", 60s) == Outcome::first);
  CHECK(use("a", 60s) == Outcome::again);
  CHECK(use("a", 120s) == Outcome::again);
  CHECK(use("a", 1s) == Outcome::again);
  CHECK(use("b", 60s) == Outcome::again);
  CHECK(memory.size() == 2);
}

TEST_CASE_METHOD(Memory, "an identifier is remembered to its end, and forgotten a quarter of a minute later") {
  clock.advance(7s);  // the end is inside a bucket
  CHECK(use("a", 60s) == Outcome::first);
  clock.advance(59s + 999ms);
  CHECK(use("a", 60s) == Outcome::again);
  clock.advance(15s + 1ms);
  CHECK(use("b", 60s) == Outcome::first);
  CHECK(memory.size() == 1);
  CHECK(use("a", 60s) == Outcome::first);
}

TEST_CASE_METHOD(Memory, "an owner has a quarter of the memory, until something of it has ended") {
  CHECK(use("a", 30s) == Outcome::first);
  for (const auto* identifier : {"b", "c", "d"}) CHECK(use(identifier, 60s) == Outcome::first);
  CHECK(use("e", 60s) == Outcome::full);
  CHECK(use("b", 60s) == Outcome::again);
  CHECK(use("e", 60s, "another") == Outcome::first);
  CHECK(use("b", 60s, "another") == Outcome::again);  // whoever brings it
  CHECK(memory.size() == 5);
  clock.advance(45s);
  CHECK(use("f", 60s) == Outcome::first);
  CHECK(use("g", 60s) == Outcome::full);
  clock.advance(1h);
  for (const auto* identifier : {"h", "i", "j", "k"}) CHECK(use(identifier, 60s) == Outcome::first);
  CHECK(use("l", 60s) == Outcome::full);
  CHECK(memory.size() == 4);
}

TEST_CASE_METHOD(Memory, "a full memory takes nothing more, however many owners share it") {
  for (int owner = 0; owner < 16; ++owner) {
    CHECK(use("of " + std::to_string(owner), 60s, std::to_string(owner)) == Outcome::first);
  }
  CHECK(use("one more", 60s, "a newcomer") == Outcome::full);
  CHECK(use("of 0", 60s, "0") == Outcome::again);
  CHECK(memory.size() == 16);
  clock.advance(75s);
  CHECK(use("one more", 60s, "a newcomer") == Outcome::first);
  CHECK(memory.size() == 1);
}

TEST_CASE_METHOD(Memory, "a clock that is set back brings nothing forgotten back") {
  CHECK(use("a", 60s) == Outcome::first);
  clock.advance(1h);
  CHECK(use("b", 60s) == Outcome::first);  // a is forgotten
  clock.advance(-1h);
  CHECK(use("a", 60s) == Outcome::again);
  CHECK(use("c", 120s) == Outcome::first);
}

TEST_CASE("what was issued before the second of the start predates the memory") {
  test::SetClock clock(time::Timestamp(1000s + 700ms));
  const ReplayMemory memory(clock);
  clock.advance(1h);
  CHECK(memory.started() == time::Timestamp(1000s + 700ms));
  CHECK(memory.predated_by(std::chrono::sys_seconds(999s)));
  CHECK(!memory.predated_by(std::chrono::sys_seconds(1000s)));
  CHECK(!memory.predated_by(std::chrono::sys_seconds(1001s)));
  CHECK(memory.may_predate(std::chrono::sys_seconds(1060s), 60s));
  CHECK(!memory.may_predate(std::chrono::sys_seconds(1061s), 60s));
}

TEST_CASE("the start is put right with the clock") {
  test::SetClock clock(time::Timestamp(100'000s));
  for (const auto wrong : {-1h, 9h}) {
    clock.jump(wrong);
    const ReplayMemory memory(clock);
    clock.advance(10s);
    clock.jump(-wrong);
    const auto now = std::chrono::floor<std::chrono::seconds>(clock.now());
    CHECK(memory.predated_by(now - 11s));
    CHECK(!memory.predated_by(now - 10s));
  }
}

TEST_CASE("of many threads one is the first") {
  test::SetClock clock;
  ReplayMemory memory(clock);
  const auto ends = std::chrono::floor<std::chrono::seconds>(clock.now()) + 60s;
  std::atomic<int> first{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1'000; ++i) {
        if (memory.use("someone", std::to_string(i), ends + std::chrono::seconds(i % 60)) == Outcome::first) ++first;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(first == 1'000);
  CHECK(memory.size() == 1'000);
}

TEST_CASE_METHOD(Memory, "what one process remembered at its stop the next one goes on with") {
  CHECK(use("a", 60s) == Outcome::first);
  clock.advance(30s);
  for (const auto* identifier : {"b", "c", "d"}) CHECK(use(identifier, 600s) == Outcome::first);
  const auto began = memory.started();
  const auto saved = memory.saved();

  ReplayMemory next(clock, 16);
  CHECK(next.predated_by(std::chrono::floor<std::chrono::seconds>(began)));
  REQUIRE(next.take_over(saved));
  CHECK(next.started() == began);
  CHECK_FALSE(next.predated_by(std::chrono::floor<std::chrono::seconds>(began)));
  CHECK(next.predated_by(std::chrono::floor<std::chrono::seconds>(began) - 1s));
  CHECK(next.size() == 4);
  const auto end = std::chrono::floor<std::chrono::seconds>(clock.now()) + 600s;
  for (const auto* identifier : {"a", "b", "c", "d"}) CHECK(next.use("another", identifier, end) == Outcome::again);
  CHECK(next.use("someone", "e", end) == Outcome::full);  // a share stays a share
  clock.advance(46s);
  CHECK(next.use("someone", "e", end) == Outcome::first);  // a has ended
  CHECK(next.use("someone", "f", end) == Outcome::full);

  ReplayMemory third(clock, 16);
  REQUIRE(third.take_over(next.saved()));
  CHECK(third.started() == began);
  CHECK(third.use("another", "e", end) == Outcome::again);
}

TEST_CASE_METHOD(Memory,
                 "the time between two processes is not counted, and a clock that is set moves the start along") {
  clock.advance(2h);
  CHECK(use("a", 60s) == Outcome::first);
  const auto saved = memory.saved();
  clock.advance(10min);
  ReplayMemory next(clock, 16);
  REQUIRE(next.take_over(saved));
  CHECK(next.started() == clock.now() - 2h);
  clock.jump(24h * 365);
  CHECK(next.started() == clock.now() - 2h);
}

TEST_CASE_METHOD(Memory,
                 "what was forgotten by a clock that ran ahead is known not to be known in the next process too") {
  const auto end = std::chrono::floor<std::chrono::seconds>(clock.now()) + 60s;
  CHECK(memory.use("someone", "a", end) == Outcome::first);
  clock.jump(1h);
  CHECK(use("b", 60s) == Outcome::first);  // forgets a
  clock.jump(-1h);
  ReplayMemory next(clock, 16);
  REQUIRE(next.take_over(memory.saved()));
  CHECK(next.use("someone", "a", end) == Outcome::again);
}

TEST_CASE_METHOD(Memory, "what is damaged, cut off or too large is not taken over at all") {
  for (const auto* identifier : {"a", "b", "c", "d"}) CHECK(use(identifier, 60s) == Outcome::first);
  const auto saved = memory.saved();
  ReplayMemory next(clock, 16);
  const auto began = next.started();
  for (std::size_t length = 0; length < saved.size(); length += 7) CHECK_FALSE(next.take_over(saved.substr(0, length)));
  for (std::size_t at = 0; at < saved.size(); at += 11) {
    auto damaged = saved;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    CHECK_FALSE(next.take_over(damaged));
  }
  CHECK_FALSE(next.take_over(saved + "x"));
  CHECK(next.size() == 0);
  CHECK(next.started() == began);
  ReplayMemory small(clock, 3);
  CHECK_FALSE(small.take_over(saved));
  CHECK(next.take_over(saved));
}
