#include "dontgoback/time/certain_past.hpp"

#include <catch2/catch.hpp>

#include "support/set_clock.hpp"

namespace dontgoback::time {
namespace {

using namespace std::chrono_literals;

struct Machine {
  test::SetClock clock;
  CertainPast past{clock};

  /// How far behind the clock it is after such a span, with a look each minute, as jobs look.
  std::optional<Timestamp::duration> behind_after(std::chrono::minutes span) {
    auto found = past.moment();
    for (; span > 0min; span -= 1min) {
      clock.advance(1min);
      found = past.moment();
    }
    if (!found) return std::nullopt;
    return clock.now() - *found;
  }
};

TEST_CASE_METHOD(Machine, "nothing has certainly passed until the clock has been watched for a while") {
  CHECK_FALSE(behind_after(14min));
  CHECK(behind_after(1min) == 0min);
  clock.advance(30s);
  CHECK(past.moment() == clock.now());
}

TEST_CASE_METHOD(Machine, "a clock that is ahead at the start and is put right was never believed") {
  clock.jump(24h * 365);
  CertainPast from_the_start(clock);
  clock.advance(14min);
  CHECK_FALSE(from_the_start.moment());
  clock.jump(-24h * 365);
  clock.advance(1min);
  CHECK(from_the_start.moment() == clock.now());
}

TEST_CASE_METHOD(Machine, "a clock that jumps ahead is believed when it has kept to it") {
  behind_after(60min);
  clock.jump(24h);
  CHECK(behind_after(14min) == 24h);
  CHECK(behind_after(1min) == 0h);
}

TEST_CASE_METHOD(Machine, "a clock that is set back is believed at once, and put right only later") {
  behind_after(60min);
  clock.jump(-1h);
  CHECK(behind_after(0min) == 0h);
  clock.jump(1h);
  CHECK(behind_after(14min) == 1h);
  CHECK(behind_after(1min) == 0h);
}

TEST_CASE_METHOD(Machine, "looks that are far apart make it no older than needed, and believe no jump between them") {
  clock.advance(24h);
  CHECK(past.moment() == clock.now());
  clock.advance(24h);
  clock.jump(24h);
  CHECK(past.moment() == clock.now() - 24h);
  clock.advance(24h);
  CHECK(past.moment() == clock.now());
}

}  // namespace
}  // namespace dontgoback::time
