// What a node tells of itself, out of the registry's figures.
#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "support/set_clock.hpp"
#include "telemetry/figures.hpp"
#include "telemetry/node_overview.hpp"

using namespace dontgoback;
using namespace dontgoback::telemetry;
using namespace std::chrono_literals;

namespace {

constexpr std::array<std::chrono::microseconds, 4> kBounds{1'000us, 10'000us, 100'000us, 1'000'000us};

BucketCounts counts(std::initializer_list<std::uint64_t> some) {
  BucketCounts all{};
  std::copy(some.begin(), some.end(), all.begin());
  return all;
}

/// Keeps the job that ends a minute, to be run when a test says so.
class OneJob final : public jobs::Scheduler {
 public:
  void add(jobs::Job job) override { job_ = std::move(job); }
  Result<std::string> run_now(std::string_view, const std::function<std::string(const jobs::Run&)>& work) override {
    return work({});
  }
  Result<std::string> run_now(std::string_view) override { return job_.work({}); }
  std::vector<jobs::JobState> states() override { return {}; }
  std::vector<jobs::JobState> peek() override { return {}; }
  const jobs::Job& job() const { return job_; }

 private:
  jobs::Job job_;
};

struct Node {
  MetricsRegistry metrics;
  HealthBoard health{metrics};
  test::SetClock clock{time::Timestamp{1'700'000'000'000ms}};
  static constexpr std::array<std::string_view, 1> kLeftOut{"/livez"};
  NodeOverview overview{metrics, health, clock, kLeftOut};
  OneJob jobs;

  Node() { overview.add_to(jobs); }
  void answer(std::string_view route, int status, std::chrono::microseconds took, std::uint64_t times = 1) {
    const auto labels = "route=\"" + std::string(route) + "\",method=\"GET\"";
    metrics.counter("dontgoback_http_requests_total", "", labels + ",code=\"" + std::to_string(status) + '"')
        .add(times);
    auto& histogram = metrics.histogram("dontgoback_http_request_duration_seconds", "", kBounds, labels);
    for (std::uint64_t i = 0; i < times; ++i) histogram.observe(took);
  }
  void end_minute() {
    clock.advance(60s);
    REQUIRE(jobs.run_now(""));
  }
};

}  // namespace

TEST_CASE("a quantile lies on a straight line within its bucket, as Prometheus has it") {
  CHECK(quantile(kBounds, counts({}), 0.5) == std::nullopt);
  // Ten below a millisecond: the fifth of them is in the middle.
  CHECK(quantile(kBounds, counts({10}), 0.5) == Approx(0.0005));
  CHECK(quantile(kBounds, counts({50, 50}), 0.5) == Approx(0.001));
  CHECK(quantile(kBounds, counts({50, 50}), 0.75) == Approx(0.0055));
  CHECK(quantile(kBounds, counts({0, 0, 4}), 0.95) == Approx(0.01 + 0.09 * 0.95));
  CHECK(quantile(kBounds, counts({90, 0, 0, 10}), 0.95) == Approx(0.1 + 0.9 * 0.5));
  CHECK(quantile(kBounds, counts({1}), 0) == Approx(0));
  CHECK(quantile(kBounds, counts({1}), 1) == Approx(0.001));
  // Above the last bound nobody knows how far.
  CHECK(quantile(kBounds, counts({1, 0, 0, 0, 99}), 0.5) == Approx(1.0));
  CHECK(quantile({}, counts({3}), 0.5) == Approx(0));
}

TEST_CASE("labels are found by their whole name") {
  CHECK(label("route=\"/a\",method=\"GET\",code=\"200\"", "code") == "200");
  CHECK(label("route=\"/a{x}\"", "route") == "/a{x}");
  CHECK(label("job_name=\"tidy\"", "name").empty());
  CHECK(label("a=\"b\",c=\"\"", "c").empty());
  for (const auto* odd : {"", "a", "a=\"", "a=\"b", ",", "=\"\""}) CHECK(label(odd, "c").empty());
}

TEST_CASE("the ring keeps its last minutes, in order, and never more") {
  History history;
  const History::Moment start{};
  CHECK(history.samples(start).empty());
  for (std::uint32_t i = 1; i <= History::kMost + 5; ++i) {
    history.add({.end = start + std::chrono::minutes(i),
                 .requests = i,
                 .failures = 0,
                 .p50 = -1,
                 .p95 = 0.25,
                 .waiting = 0,
                 .memory_kib = 4'000'000,
                 .connections = 1});
  }
  const auto samples = history.samples(start + std::chrono::minutes(History::kMost + 6));
  REQUIRE(samples.size() == History::kMost);
  CHECK(samples.front().requests == 6);
  CHECK(samples.front().ago == std::chrono::minutes(History::kMost));
  CHECK(samples.back().requests == History::kMost + 5);
  CHECK(samples.back().ago == 1min);
  CHECK(samples.back().p50 == std::nullopt);
  CHECK(samples.back().p95 == Approx(0.25));
  CHECK(samples.back().memory_bytes == 4'096'000'000);
  CHECK(sizeof(History) < 7'500);
}

TEST_CASE("minutes are counted apart, without what machines ask, and an own span is what is new") {
  Node node;
  node.answer("/api/v1/feeds", 200, 500us, 8);
  node.answer("/api/v1/feeds", 503, 50'000us, 2);
  node.answer("/livez", 200, 2'000'000us, 100);
  node.clock.advance(20s);
  auto seen = node.overview.look();
  CHECK(seen.recently.requests == 10);
  CHECK(seen.recently.failures == 2);
  CHECK(seen.recently.span == 20s);
  REQUIRE(seen.recently.latency);
  CHECK(seen.recently.latency->p50 == Approx(0.000625));
  CHECK(seen.recently.latency->p99 == Approx(0.01 + 0.09 * 0.95));
  CHECK(seen.history.empty());

  node.end_minute();
  node.answer("/api/v1/feeds", 429, 500us, 3);
  node.clock.advance(10s);
  seen = node.overview.look();
  CHECK(seen.recently.requests == 13);
  CHECK(seen.recently.refused == 3);
  CHECK(seen.recently.span == 90s);
  node.clock.advance(50s);
  REQUIRE(node.jobs.run_now(""));
  node.end_minute();
  seen = node.overview.look();
  CHECK(seen.recently.requests == 0);
  CHECK(seen.recently.latency == std::nullopt);
  CHECK(seen.recently.span == 60s);
  CHECK(seen.since_start.requests == 13);
  CHECK(seen.up == 200s);
  REQUIRE(seen.history.size() == 3);
  CHECK(seen.history[0].requests == 10);
  CHECK(seen.history[0].failures == 2);
  CHECK(seen.history[0].ago == 120s);
  CHECK(seen.history[1].requests == 3);
  CHECK(seen.history[2].p95 == std::nullopt);
}

TEST_CASE("a clock that is set moves no minute") {
  Node node;
  node.end_minute();
  node.clock.set(time::Timestamp{0ms});
  const auto seen = node.overview.look();
  CHECK(seen.up == 60s);
  CHECK(seen.history.at(0).ago == 0s);
  CHECK(seen.at == time::Timestamp{0ms});
}

TEST_CASE("what checks found is said as /readyz says it, as one line of UTF-8") {
  Node node;
  CHECK(node.overview.look().state == NodeState::ready);
  using Weight = Finding::Weight;
  node.health.add("backup", [] { return Finding{Weight::remark, "last good one today"}; });
  CHECK(node.overview.look().state == NodeState::ready);
  node.health.add("clock", [] { return Finding{Weight::note, "not confirmed"}; });
  CHECK(node.overview.look().state == NodeState::degraded);
  node.health.add("database", [] { return Finding{Weight::unready, "/tmp/\xff/돈\nis full"}; });
  const auto seen = node.overview.look();
  CHECK(seen.state == NodeState::unready);
  REQUIRE(seen.checks.size() == 3);
  CHECK(seen.checks[2].name == "database");
  CHECK(seen.checks[2].finding.text == "/tmp/?/돈 is full");
}

TEST_CASE("figures are the registry's, and what is not known is nothing") {
  Node node;
  auto seen = node.overview.look();
  CHECK(seen.version.empty());
  CHECK(seen.database_bytes == std::nullopt);
  CHECK(seen.clock_confirmed == std::nullopt);
  CHECK(seen.commit_p95 == std::nullopt);
  CHECK(seen.memory_bytes > 0);
  CHECK_FALSE(seen.host.empty());

  const auto gauge = [&node](std::string_view name, double value, std::string_view labels = {}) {
    node.metrics.gauge(
        name, "", [value] { return value; }, labels);
  };
  gauge("dontgoback_build_info", 1, "version=\"1.2.3\",role=\"core\"");
  gauge("dontgoback_clock_confirmed", 0);
  gauge("dontgoback_database_size_bytes", std::nan(""));
  gauge("dontgoback_disk_free_bytes", 5e9);
  gauge("dontgoback_backup_last_success_timestamp_seconds", 0);
  gauge("dontgoback_outbox_topic_waiting", 3, "topic=\"mails\"");
  gauge("dontgoback_job_period_seconds", 86'400, "job_name=\"nightly\"");
  gauge("dontgoback_job_period_seconds", 0, "job_name=\"by-hand\"");
  gauge("dontgoback_job_last_success_timestamp_seconds", 1'700'000'000 - 110'000, "job_name=\"nightly\"");
  gauge("dontgoback_job_last_success_timestamp_seconds", 1, "job_name=\"by-hand\"");
  gauge("dontgoback_node_call_last_failure_timestamp_seconds", 1'699'999'999.5, "node=\"extension\"");
  const auto count = [&node](std::string_view name, std::string_view labels, std::uint64_t some) {
    node.metrics.counter(name, "", labels).add(some);
  };
  count("dontgoback_job_runs_total", "job_name=\"nightly\",outcome=\"failure\"", 2);
  count("dontgoback_node_calls_total", "node=\"extension\",outcome=\"answered\"", 5);
  count("dontgoback_node_calls_total", "node=\"extension\",outcome=\"unanswered\"", 2);
  count("dontgoback_node_calls_total", "node=\"extension\",outcome=\"nonsense\"", 1);
  count("dontgoback_http_lane_rejected_total", "lane=\"query\"", 4);
  count("dontgoback_http_connections_refused_total", "reason=\"all\"", 1);

  seen = node.overview.look();
  CHECK(seen.version == "1.2.3");
  CHECK(seen.role == "core");
  CHECK(seen.clock_confirmed == false);
  CHECK(seen.database_bytes == std::nullopt);
  CHECK(seen.disk_free_bytes == 5'000'000'000);
  CHECK(seen.last_backup == std::nullopt);
  REQUIRE(seen.outbox.size() == 1);
  CHECK(seen.outbox[0].topic == "mails");
  CHECK(seen.outbox[0].waiting == 3);
  REQUIRE(seen.jobs.size() == 2);
  CHECK(seen.jobs[0].name == "by-hand");
  CHECK_FALSE(seen.jobs[0].late);
  CHECK(seen.jobs[1].late);
  CHECK(seen.jobs[1].failures == 2);
  REQUIRE(seen.peers.size() == 1);
  CHECK(seen.peers[0].calls == 8);
  CHECK(seen.peers[0].failures == 3);
  CHECK(seen.peers[0].last_failure == time::Timestamp{1'699'999'999'500ms});
  CHECK(seen.turned_away == 5);
}
