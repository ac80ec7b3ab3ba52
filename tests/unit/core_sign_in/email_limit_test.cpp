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
  bool is_refused(const std::string& address, const std::string& email) const {
    http::Request request;
    request.client_address = address;
    const auto answer = limit.refuse(request, email);
    if (answer) CHECK(answer->status == 429);
    return answer.has_value();
  }
  /// To somebody whom nobody has asked for yet.
  bool is_refused(const std::string& address) { return is_refused(address, std::to_string(++others) + "@example.com"); }
  bool has_refused(std::string_view share, int times) const {
    const auto line = std::string("dontgoback_limits_refused_total{class=\"email\",share=\"")
                          .append(share)
                          .append("\"} " + std::to_string(times) + "\n");
    return metrics.text().find(line) != std::string::npos;
  }

  test::SetClock clock;
  limits::MemoryLimiter limiter{clock};
  telemetry::MetricsRegistry metrics;
  http::ActionLimit limit = email_limit(limiter, metrics);
  int others = 0;
};

}  // namespace

TEST_CASE_METHOD(Fixture, "An address of the network asks for twenty mails an hour, a site of IPv6 for eighty") {
  for (const std::string address : {"192.0.2.1", "192.0.2.2", "2001:db8:1:1::1"}) {
    CAPTURE(address);
    for (int i = 0; i < 20; ++i) REQUIRE_FALSE(is_refused(address));
    CHECK(is_refused(address));
  }
  CHECK(has_refused("address", 3));
  for (int i = 20; i < 80; ++i) REQUIRE_FALSE(is_refused("2001:db8:1:" + std::to_string(i) + "::1"));
  CHECK(is_refused("2001:db8:1:80::1"));
  CHECK(has_refused("site", 1));
  CHECK_FALSE(is_refused("2001:db8:2:80::1"));
}

TEST_CASE_METHOD(Fixture, "Six mails go to an address, one more every ten minutes") {
  for (int i = 0; i < 6; ++i) REQUIRE_FALSE(is_refused("192.0.2." + std::to_string(i), "kim@example.com"));
  CHECK(is_refused("192.0.2.7", "kim@example.com"));
  CHECK(has_refused("target", 1));
  CHECK_FALSE(is_refused("192.0.2.7", "lee@example.com"));
  clock.advance(10min);
  CHECK_FALSE(is_refused("192.0.2.7", "kim@example.com"));
  CHECK(is_refused("192.0.2.7", "kim@example.com"));
}

TEST_CASE_METHOD(Fixture, "A thousand mails go out in an hour") {
  const auto address = [](int i) { return "198.51." + std::to_string(i / 200) + "." + std::to_string(i % 200); };
  for (int i = 0; i < 1000; ++i) REQUIRE_FALSE(is_refused(address(i)));
  CHECK(is_refused("192.0.2.1"));
  CHECK(has_refused("total", 1));
}
