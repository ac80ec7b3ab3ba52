#include <catch2/catch.hpp>

#include "core/sign_in/limits.hpp"
#include "limits/memory_limiter.hpp"
#include "support/set_clock.hpp"
#include "telemetry/registry.hpp"

using namespace dontgoback;
using namespace dontgoback::core::sign_in;
using namespace std::chrono_literals;

namespace {

struct Fixture {
  bool is_refused(const std::string& address) const {
    http::Request request;
    request.client_address = address;
    const auto answer = limit.refuse(request);
    if (answer) CHECK(answer->status == 429);
    return answer.has_value();
  }
  /// The i-th network of 64 bits of that site of 48.
  static std::string v6(int site, int network) {
    return "2001:db8:" + std::to_string(site) + ":" + std::to_string(network) + "::1";
  }
  bool has_refused(std::string_view share, int times) const {
    const auto line = std::string("dontgoback_limits_refused_total{class=\"guest\",share=\"")
                          .append(share)
                          .append("\"} " + std::to_string(times) + "\n");
    return metrics.text().find(line) != std::string::npos;
  }

  test::SetClock clock;
  limits::MemoryLimiter limiter{clock};
  telemetry::MetricsRegistry metrics;
  http::ActionLimit limit = guest_limit(limiter, metrics, 3);
};

}  // namespace

TEST_CASE_METHOD(Fixture, "An address has its guests an hour, a site of IPv6 four times as many, all a hundred times") {
  for (const std::string address : {"192.0.2.1", "192.0.2.2", "2001:db8:1:1::1"}) {
    CAPTURE(address);
    for (int i = 0; i < 3; ++i) CHECK_FALSE(is_refused(address));
    CHECK(is_refused(address));
  }
  CHECK(is_refused("2001:db8:1:1::2"));
  CHECK(has_refused("address", 4));

  for (int network = 2; network <= 10; ++network) {  // 9 of 12 are left
    CAPTURE(network);
    CHECK_FALSE(is_refused(v6(1, network)));
  }
  CHECK(is_refused(v6(1, 11)));
  CHECK(has_refused("site", 1));
  CHECK(has_refused("total", 0));

  for (int i = 18; i < 300; ++i) REQUIRE_FALSE(is_refused(v6(2 + i / 12, i)));
  CHECK(is_refused("198.51.100.1"));
  CHECK(has_refused("total", 1));
  clock.advance(12s);  // the 300th of an hour
  CHECK_FALSE(is_refused("198.51.100.1"));
  CHECK(is_refused("198.51.100.2"));
}

TEST_CASE("None as a limit is none") {
  test::SetClock clock;
  limits::MemoryLimiter limiter{clock};
  telemetry::MetricsRegistry metrics;
  const auto limit = guest_limit(limiter, metrics, 0);
  http::Request request;
  request.client_address = "192.0.2.1";
  for (int i = 0; i < 2000; ++i) REQUIRE_FALSE(limit.refuse(request));
}
