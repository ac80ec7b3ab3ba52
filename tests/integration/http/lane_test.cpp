#include <catch2/catch.hpp>

#include "http/server/worker_lane.hpp"
#include "test_server.hpp"

using namespace dontgoback;
using namespace dontgoback::http;
using namespace dontgoback::http::testing;

namespace {

struct Job final : LaneTask {
  explicit Job(std::function<void(bool)> given) : work(std::move(given)) {}
  void run(bool late) noexcept override { work(late); }
  std::function<void(bool)> work;
};

bool submit(WorkerLane& lane, std::function<void(bool)> work) {
  std::unique_ptr<LaneTask> task = std::make_unique<Job>(std::move(work));
  return lane.submit(task);
}

}  // namespace

TEST_CASE("A lane runs as many at once as it has threads") {
  telemetry::Counter rejected;
  WorkerLane lane({3, 10, std::chrono::minutes(1)}, rejected);
  Gate gate;
  std::atomic<int> running{0};
  std::atomic<int> done{0};
  for (int i = 0; i < 6; ++i) {
    CHECK(submit(lane, [&](bool) {
      ++running;
      gate.wait();
      ++done;
    }));
  }
  CHECK(eventually([&] { return running == 3 && lane.waiting() == 3; }));
  gate.open();
  CHECK(eventually([&] { return done == 6; }));
  CHECK(rejected.value() == 0);
}

TEST_CASE("What waits when a lane stops is run as late, what comes after is refused") {
  telemetry::Counter rejected;
  WorkerLane lane({1, 10, std::chrono::minutes(1)}, rejected);
  Gate gate;
  std::atomic<bool> begun{false};
  std::atomic<int> late_runs{0};
  REQUIRE(submit(lane, [&](bool) {
    begun = true;
    gate.wait();
  }));
  REQUIRE(eventually([&] { return begun.load(); }));
  REQUIRE(submit(lane, [&](bool late) { late_runs += late; }));
  std::thread stopping([&] { lane.stop(); });
  CHECK(eventually([&] { return !submit(lane, [](bool) {}); }));
  gate.open();
  stopping.join();
  CHECK(late_runs == 1);
  CHECK(rejected.value() > 0);
}
