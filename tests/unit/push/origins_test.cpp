// Whom one push service that is away, slow or a stranger's own holds up: nobody.
#include "push/origins.hpp"

#include <catch2/catch.hpp>

using dontgoback::push::Origins;
using namespace std::chrono_literals;

namespace {

const std::string kGood = "https://good.example";
const std::string kBad = "https://bad.example";
const Origins::Time kNow{1000h};

}  // namespace

TEST_CASE("What answers well is called at once, again and again") {
  Origins origins;
  for (int i = 0; i < 5; ++i) {
    const auto turn = origins.ask(kGood, kNow);
    CHECK(turn.wait == 0s);
    CHECK(turn.time_limit == (i == 0 ? Origins::kUnknownTimeLimit : Origins::kTimeLimit));
    origins.ended(kGood, kNow, 100ms);
  }
}

TEST_CASE("What fails is left alone longer and longer, and the others are called") {
  Origins origins;
  CHECK(origins.ask(kGood, kNow).wait == 0s);
  origins.ended(kGood, kNow, 100ms);
  auto now = kNow;
  for (const auto pause : {1s, 2s, 4s, 8s, 16s}) {
    REQUIRE(origins.ask(kBad, now).wait == 0s);
    origins.failed(kBad, now, 3s, 0s);
    CHECK(origins.ask(kBad, now).wait == pause);
    CHECK(origins.ask(kGood, now).wait == 0s);
    now += std::max<Origins::Span>(pause, Origins::kUnknownEvery);
  }
  for (int i = 0; i < 20; ++i) origins.failed(kBad, now, 3s, 0s);
  CHECK(origins.ask(kBad, now).wait == Origins::kLongestPause);
  CHECK(origins.ask(kBad, now + Origins::kLongestPause).wait == 0s);
  origins.ended(kBad, now, 100ms);
  CHECK(origins.ask(kBad, now).wait == 0s);
}

TEST_CASE("The pause that a push service names counts") {
  Origins origins;
  CHECK(origins.ask(kGood, kNow).wait == 0s);
  origins.failed(kGood, kNow, 100ms, 120s);
  CHECK(origins.ask(kGood, kNow).wait == 120s);
  CHECK(origins.ask(kGood, kNow + 119500ms).wait == 1s);
  // What is quick to say that it cannot is not one to wait for.
  CHECK(origins.ask("https://other.example", kNow).wait == 0s);
  origins.failed("https://other.example", kNow, 100ms, 0s);
  CHECK(origins.ask("https://other.example", kNow + 1s).time_limit == Origins::kTimeLimit);
}

TEST_CASE("However many strangers' servers there are, one of them is called in a while") {
  Origins origins;
  CHECK(origins.ask(kGood, kNow).wait == 0s);
  origins.ended(kGood, kNow, 100ms);
  CHECK(origins.ask("https://0.example", kNow).wait == 0s);
  for (int i = 1; i < 1000; ++i) CHECK(origins.ask("https://" + std::to_string(i) + ".example", kNow).wait > 0s);
  CHECK(origins.ask(kGood, kNow).wait == 0s);
  CHECK(origins.ask("https://1.example", kNow + Origins::kUnknownEvery).wait == 0s);
}

TEST_CASE("What answers slowly takes a small part of the time") {
  Origins origins;
  CHECK(origins.ask(kBad, kNow).wait == 0s);
  origins.ended(kBad, kNow, 2900ms);
  CHECK(origins.ask(kBad, kNow).wait == 29s);
}

TEST_CASE("One that is quick gets so many calls at once, and the others theirs") {
  Origins origins;
  CHECK(origins.ask(kGood, kNow).wait == 0s);
  CHECK(origins.ask(kGood, kNow).wait > 0s);  // nobody knows yet whether it is quick
  origins.ended(kGood, kNow, 100ms);
  for (int i = 0; i < Origins::kAtOnce; ++i) CHECK_FALSE(origins.ask(kGood, kNow).busy);
  CHECK(origins.ask(kGood, kNow).busy);
  CHECK(origins.ask(kBad, kNow).time_limit == Origins::kUnknownTimeLimit);
  origins.ended(kGood, kNow, 100ms);
  CHECK_FALSE(origins.ask(kGood, kNow).busy);
  CHECK(origins.ask(kGood, kNow).busy);
  // It has become slow: whoever waited is told to come back later.
  origins.failed(kGood, kNow, 10s, 0s);
  const auto turn = origins.ask(kGood, kNow);
  CHECK_FALSE(turn.busy);
  CHECK(turn.wait > 0s);
}

TEST_CASE(
    "A service that the operator chose is called however long it takes, so often at once, and left alone as it says") {
  Origins origins({.at_once = 2, .longest_pause = 1h, .trusted = true});
  CHECK(origins.ask(kGood, kNow).time_limit == Origins::kTimeLimit);
  CHECK(origins.ask(kGood, kNow).wait == 0s);
  CHECK(origins.ask(kGood, kNow).busy);
  origins.ended(kGood, kNow, 9s);
  CHECK(origins.ask(kGood, kNow).wait == 0s);
  origins.failed(kGood, kNow, 100ms, 3000s);
  CHECK(origins.ask(kGood, kNow).wait == 3000s);
}
