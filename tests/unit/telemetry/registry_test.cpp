#include "telemetry/registry.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

using dontgoback::telemetry::MetricsRegistry;

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

TEST_CASE("a name is of one kind") {
  MetricsRegistry metrics;
  metrics.counter("dontgoback_a", "A.");
  metrics.gauge("dontgoback_b", "B.", [] { return 0.0; });
  CHECK_THROWS_AS(metrics.gauge("dontgoback_a", "A.", [] { return 0.0; }), std::logic_error);
  CHECK_THROWS_AS(metrics.counter("dontgoback_b", "B."), std::logic_error);
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
