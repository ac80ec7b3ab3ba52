#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <csignal>

#include "recording.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

struct Acknowledged {
  std::int64_t walker, version;
  std::int32_t total;
};

constexpr int kWalkers = 20;

[[noreturn]] void record_until_killed(const std::string& url, int out) {
  const auto database = storage::open_database({.url = url});
  SetClock clock;
  clock.set(at("2026-03-01", 12));
  SetTrust trust{clock};
  QueuedRecorder recorder({*database, clock, trust, {}, {}});
  for (std::int64_t version = 1;; ++version) {
    for (std::int64_t walker = 1; walker <= kWalkers; ++walker) {
      const auto total = static_cast<std::int32_t>(version * 10 + walker);
      recorder.record({walker}, {Saying{.date = "2026-03-01", .total = total, .version = version}.update()},
                      [=](const Result<std::vector<Recorded>>& recorded) {
                        const Acknowledged told{walker, version, recorded ? total : -1};
                        if (::write(out, &told, sizeof told) < 0) ::_exit(1);
                      });
    }
    ::usleep(1000);
  }
}

}  // namespace

TEST_CASE("what was acknowledged is there after a kill, once") {
  TemporaryDirectory directory;
  const auto url = "sqlite:" + (directory.path() / "steps.db").string();
  {
    const auto database = storage::open_database({.url = url});
    storage::migrate(*database, walk::migrations());
    for (int i = 0; i < kWalkers; ++i) CHECK(add_walker(*database).value == i + 1);
  }
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    record_until_killed(url, ends[1]);
  }
  ::close(ends[1]);
  std::array<Acknowledged, kWalkers + 1> last{};
  Acknowledged told{};
  int count = 0;
  while (::read(ends[0], &told, sizeof told) == sizeof told) {
    REQUIRE(told.total > 0);
    last.at(static_cast<std::size_t>(told.walker)) = told;
    if (++count == 500) ::kill(child, SIGKILL);
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  REQUIRE(count >= 500);

  const auto database = storage::open_database({.url = url});
  SetClock clock;
  clock.set(at("2026-03-01", 13));
  SetTrust trust{clock};
  QueuedRecorder recorder({*database, clock, trust, {}, {}});
  for (std::int64_t walker = 1; walker <= kWalkers; ++walker) {
    const auto& acknowledged = last.at(static_cast<std::size_t>(walker));
    // The phone did not hear the last answer, and tells it again.
    const auto recorded = recorder.record(
        WalkerId{walker},
        {Saying{.date = "2026-03-01", .total = acknowledged.total, .version = acknowledged.version}.update()});
    REQUIRE(recorded);
    CHECK(recorded->front().version >= acknowledged.version);
    CHECK(recorded->front().total == recorded->front().version * 10 + walker);
  }
}
