#include <catch2/catch.hpp>
#include <future>
#include <stdexcept>

#include "telemetry/health_board.hpp"
#include "telemetry/registry.hpp"

using namespace dontgoback::telemetry;
using Weight = Finding::Weight;

TEST_CASE("a look names each check that keeps the node from its work, and notes apart") {
  MetricsRegistry metrics;
  HealthBoard board(metrics);
  CHECK(board.look().unready.empty());
  board.add("database", [] { return Finding{Weight::unready, "the disk is full"}; });
  board.add("clock", [] { return Finding{Weight::note, "not confirmed"}; });
  board.add("keys", [] { return Finding{Weight::unready, "not trusted"}; });
  board.add("fine", [] { return Finding{}; });
  board.add("backup", [] { return Finding{Weight::remark, "of today"}; });
  board.add("token", [] { return Finding{Weight::unready, "not trusted"}; });
  board.add("broken", []() -> Finding { throw std::runtime_error("two\nlines"); });
  const auto report = board.look();
  CHECK(report.unready == "database: the disk is full; keys, token: not trusted; broken: two lines");
  CHECK(report.notes == "note: clock: not confirmed\nnote: backup: of today\n");
  REQUIRE(report.checks.size() == 7);
  CHECK(report.checks.front().name == "database");
  CHECK(report.checks.front().finding == Finding{Weight::unready, "the disk is full"});
  CHECK_THROWS_AS(board.add("fine", [] { return Finding{}; }), std::logic_error);

  const auto text = metrics.text();
  CHECK_THAT(text, Catch::Contains("# TYPE dontgoback_ready_checks gauge\n"));
  CHECK_THAT(text, Catch::Contains("\ndontgoback_ready_checks{check=\"database\"} 0\n"));
  CHECK_THAT(text, Catch::Contains("\ndontgoback_ready_checks{check=\"clock\"} 1\n"));
  CHECK_THAT(text, Catch::Contains("\ndontgoback_ready_notes{check=\"clock\"} 1\n"));
  CHECK_THAT(text, Catch::Contains("\ndontgoback_ready_notes{check=\"backup\"} 0\n"));
}

TEST_CASE("who comes during a look is given what it finds") {
  MetricsRegistry metrics;
  HealthBoard board(metrics);
  std::promise<void> entered;
  std::promise<void> released;
  std::atomic<int> asked{0};
  board.add("slow", [&] {
    if (++asked == 1) {
      entered.set_value();
      released.get_future().wait();
    }
    return Finding{Weight::note, std::to_string(asked)};
  });
  auto first = std::async(std::launch::async, [&] { return board.look(); });
  entered.get_future().wait();
  auto second = std::async(std::launch::async, [&] { return board.look(); });
  // Whether it came in time is the machine's affair; that it is not asked by two at once is not.
  released.set_value();
  first.get();
  second.get();
  CHECK(asked <= 2);
}

TEST_CASE("a standing is what was last said") {
  Standing standing("the weather");
  CHECK(standing.finding() == Finding{});
  standing.note("clouds");
  CHECK(standing.finding() == Finding{Weight::note, "clouds"});
  standing.unready("storm");
  standing.keep({Weight::note, "rain"});
  CHECK(standing.finding().text == "rain");
  standing.fine();
  CHECK(standing.finding() == Finding{});
}
