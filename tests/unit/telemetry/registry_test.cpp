#include "telemetry/registry.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <stdexcept>
#include <thread>
#include <vector>

using dontgoback::telemetry::MetricsRegistry;
using namespace std::chrono_literals;

TEST_CASE("counters of one name form one family") {
  MetricsRegistry metrics;
  auto& ok = metrics.counter("dontgoback_test_total", "Tests.", "result=\"ok\"");
  metrics.counter("dontgoback_test_total", "Tests.", "result=\"bad\"").add(2);
  ok.add();
  CHECK(&ok == &metrics.counter("dontgoback_test_total", "Tests.", "result=\"ok\""));
  CHECK(metrics.text().find("# HELP dontgoback_test_total Tests.\n"
                            "# TYPE dontgoback_test_total counter\n"
                            "dontgoback_test_total{result=\"bad\"} 2\n"
                            "dontgoback_test_total{result=\"ok\"} 1\n") != std::string::npos);
}

TEST_CASE("gauges are read when asked") {
  MetricsRegistry metrics;
  double value = 1;
  metrics.gauge("dontgoback_waiting", "Waiting.", [&] { return value; });
  value = 2.5;
  CHECK(metrics.text().find("# TYPE dontgoback_waiting gauge\ndontgoback_waiting 2.5\n") != std::string::npos);
}

TEST_CASE("what nobody knows is NaN, and a total is a counter") {
  MetricsRegistry metrics;
  metrics.gauge("dontgoback_offset_seconds", "Offset.", [] { return std::nan(""); });
  metrics.total("dontgoback_commits_total", "Commits.", [] { return 7.0; });
  CHECK(metrics.text().find("dontgoback_offset_seconds NaN\n") != std::string::npos);
  CHECK(metrics.text().find("# TYPE dontgoback_commits_total counter\ndontgoback_commits_total 7\n") !=
        std::string::npos);
}

constexpr std::array<std::chrono::microseconds, 3> kBounds{1000us, 25'000us, 2'000'000us};

TEST_CASE("a histogram's buckets hold all that is not longer") {
  MetricsRegistry metrics;
  auto& took = metrics.histogram("dontgoback_took_seconds", "Took.", kBounds, "route=\"/\"");
  CHECK(&took == &metrics.histogram("dontgoback_took_seconds", "Took.", kBounds, "route=\"/\""));
  for (const auto each : {500us, 1000us, 1001us, 2'000'000us, 3'000'000us}) took.observe(each);
  took.observe(-1ns);  // no clock that runs back makes the sum smaller
  CHECK(metrics.text().find("# TYPE dontgoback_took_seconds histogram\n"
                            "dontgoback_took_seconds_bucket{route=\"/\",le=\"0.001\"} 3\n"
                            "dontgoback_took_seconds_bucket{route=\"/\",le=\"0.025\"} 4\n"
                            "dontgoback_took_seconds_bucket{route=\"/\",le=\"2\"} 5\n"
                            "dontgoback_took_seconds_bucket{route=\"/\",le=\"+Inf\"} 6\n"
                            "dontgoback_took_seconds_sum{route=\"/\"} 5.002501\n"
                            "dontgoback_took_seconds_count{route=\"/\"} 6\n") != std::string::npos);
}

TEST_CASE("a histogram without labels has its bound as the only one") {
  MetricsRegistry metrics;
  metrics.histogram("dontgoback_took_seconds", "Took.", kBounds).observe(1us);
  CHECK(metrics.text().find("dontgoback_took_seconds_bucket{le=\"0.001\"} 1\n") != std::string::npos);
  CHECK(metrics.text().find("dontgoback_took_seconds_count 1\n") != std::string::npos);
}

TEST_CASE("nothing is lost when many observe at once") {
  MetricsRegistry metrics;
  auto& took = metrics.histogram("dontgoback_took_seconds", "Took.", kBounds);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 10'000; ++n) took.observe(1us);
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(took.in_bucket(0) == 40'000);
  CHECK(took.seconds() == Approx(0.04));
}

TEST_CASE("a name is of one kind") {
  MetricsRegistry metrics;
  metrics.counter("dontgoback_a", "A.");
  metrics.gauge("dontgoback_b", "B.", [] { return 0.0; });
  CHECK_THROWS_AS(metrics.gauge("dontgoback_a", "A.", [] { return 0.0; }), std::logic_error);
  CHECK_THROWS_AS(metrics.counter("dontgoback_b", "B."), std::logic_error);
  CHECK_THROWS_AS(metrics.histogram("dontgoback_a", "A.", kBounds), std::logic_error);
  CHECK_THROWS_AS(metrics.total("dontgoback_a", "A.", [] { return 0.0; }), std::logic_error);
  const std::vector<std::chrono::microseconds> many(16, 1us);
  CHECK_THROWS_AS(metrics.histogram("dontgoback_c", "C.", many), std::logic_error);
}

TEST_CASE("the process tells about itself") {
  const auto text = MetricsRegistry().text();
  for (const auto* name : {"process_resident_memory_bytes ", "process_open_fds ", "process_cpu_seconds_total ",
                           "process_start_time_seconds "}) {
    const auto line = text.find(std::string("\n") + name);
    REQUIRE(line != std::string::npos);
    CHECK(std::stod(text.substr(line + 1 + std::string(name).size())) > 0);
  }
}
