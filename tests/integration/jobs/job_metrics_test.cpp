#include <atomic>
#include <catch2/catch.hpp>
#include <stdexcept>

#include "captured_stderr.hpp"
#include "jobs/migrations.hpp"
#include "jobs/outbox.hpp"
#include "jobs/scheduler.hpp"
#include "signals.hpp"
#include "support/databases.hpp"
#include "support/set_clock.hpp"
#include "support/set_trust.hpp"
#include "telemetry/registry.hpp"

namespace dontgoback::jobs {
namespace {

using namespace std::chrono_literals;
using test::eventually;
using test::SetClock;

const time::Zone kSeoul{"Asia/Seoul"};

bool has(const telemetry::MetricsRegistry& metrics, const std::string& line) {
  return metrics.text().find("\n" + line + "\n") != std::string::npos;
}

void on_each(const std::function<void(storage::Database&)>& body) { test::for_each_database(migrations(), body); }

}  // namespace

TEST_CASE("runs of jobs are counted, and their last success is told by whichever node had it") {
  on_each([](storage::Database& database) {
    SetClock clock;
    test::SetTrust trust{clock};
    std::atomic<bool> broken{false};
    const auto add = [&](JobScheduler& scheduler, telemetry::MetricsRegistry& metrics) {
      scheduler.add({"tidy", Schedule{3h, {}}, true, [&](const Run&) {
                       if (broken) throw std::runtime_error("no");
                       return std::string("done");
                     }});
      scheduler.add_to(metrics);
    };
    telemetry::MetricsRegistry metrics;
    JobScheduler scheduler(database, clock, trust, kSeoul, "node");
    add(scheduler, metrics);
    CHECK(has(metrics, "dontgoback_job_period_seconds{job_name=\"tidy\"} 86400"));
    CHECK(has(metrics, "dontgoback_job_last_success_timestamp_seconds{job_name=\"tidy\"} 0"));
    CHECK(has(metrics, "dontgoback_job_runs_total{job_name=\"tidy\",outcome=\"failure\"} 0"));

    const auto at = std::chrono::floor<std::chrono::seconds>(clock.now());
    CHECK(scheduler.run_now("tidy"));
    CHECK(has(metrics, "dontgoback_job_runs_total{job_name=\"tidy\",outcome=\"success\"} 1"));
    const auto told = metrics.text();
    const std::string name = "dontgoback_job_last_success_timestamp_seconds{job_name=\"tidy\"} ";
    const auto success = std::stod(told.substr(told.find(name) + name.size()));
    CHECK(success == Approx(double(at.time_since_epoch().count())).margin(1));

    broken = true;
    clock.advance(1h);
    CHECK_THROWS(scheduler.run_now("tidy"));
    CHECK(has(metrics, "dontgoback_job_runs_total{job_name=\"tidy\",outcome=\"failure\"} 1"));
    // It had its last success before that.
    const auto after = metrics.text();
    CHECK(std::stod(after.substr(after.find(name) + name.size())) == success);

    broken = false;
    CHECK(scheduler.run_now("tidy"));
    telemetry::MetricsRegistry others;
    JobScheduler other(database, clock, trust, kSeoul, "other");
    add(other, others);
    other.start();
    eventually("it knows of the success", [&] { return !has(others, name + "0"); });
    CHECK(has(others, "dontgoback_job_runs_total{job_name=\"tidy\",outcome=\"success\"} 0"));
  });
}

TEST_CASE("the age of what waits longest is told, and is none when nothing waits") {
  on_each([](storage::Database& database) {
    SetClock clock;
    DatabaseOutbox outbox(database, clock, "node");
    std::atomic<bool> away{true};
    outbox.on("mail", [&](std::int64_t, std::string_view) -> Outbox::Outcome {
      return away ? Outbox::Delivery::later : Outbox::Delivery::done;
    });
    database.write([&](storage::Connection& connection) { outbox.add(connection, "mail", "one"); });
    clock.advance(2h);
    outbox.start();
    eventually("it is counted", [&] { return outbox.oldest_age() >= 2h; });
    CHECK(outbox.oldest_age() < 3h);
    away = false;
    clock.advance(1h);
    outbox.wake();
    eventually("none waits", [&] { return outbox.last_counts().waiting == 0 && outbox.oldest_age() == 0ms; });
    outbox.stop();
  });
}

TEST_CASE("what waits is counted for each topic that is delivered here") {
  on_each([](storage::Database& database) {
    SetClock clock;
    DatabaseOutbox outbox(database, clock, "node");
    std::atomic<bool> away{true};
    for (const auto* topic : {"mail", "push"}) {
      outbox.on(topic, [&](std::int64_t, std::string_view) -> Outbox::Outcome {
        return away ? Outbox::Delivery::later : Outbox::Delivery::done;
      });
    }
    CHECK(outbox.topics() == std::vector<std::string>{"mail", "push"});
    database.write([&](storage::Connection& connection) {
      outbox.add(connection, "push", "the oldest");
      outbox.add(connection, "mail", "one");
      outbox.add(connection, "mail", "two");
      outbox.add(connection, "another node's", "three");
    });
    clock.advance(2h);
    outbox.start();
    eventually("they are counted", [&] { return outbox.last_waiting("mail") == 2; });
    CHECK(outbox.last_waiting("push") == 1);
    CHECK(outbox.last_waiting("another node's") == 0);
    CHECK(outbox.last_counts().waiting == 4);
    CHECK(outbox.counts().oldest == 1);
    away = false;
    clock.advance(1h);
    outbox.wake();
    eventually("none waits", [&] { return outbox.last_waiting("mail") == 0 && outbox.last_waiting("push") == 0; });
    eventually("of these", [&] { return outbox.last_counts().waiting == 1; });
    outbox.stop();
  });
}

TEST_CASE("what a daily job says is logged each time") {
  on_each([](storage::Database& database) {
    SetClock clock;
    test::SetTrust trust{clock};
    JobScheduler scheduler(database, clock, trust, kSeoul, "node");
    scheduler.add({"tidy", Schedule{3h, {}}, true, [](const Run&) { return std::string("one"); }});
    const test::CapturedStderr captured;
    for (int i = 0; i < 2; ++i) CHECK(scheduler.run_now("tidy"));
    CHECK(captured.count("a job ran") == 2);
  });
}

}  // namespace dontgoback::jobs
