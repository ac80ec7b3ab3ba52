#include "mail/delivery.hpp"

#include <catch2/catch.hpp>

#include "dontgoback/mail/message.hpp"
#include "mail/folder.hpp"
#include "support/set_clock.hpp"
#include "support/temporary_directory.hpp"
#include "telemetry/registry.hpp"

using namespace dontgoback;
using Outcome = jobs::Outbox::Delivery;
using namespace std::chrono_literals;

TEST_CASE("a mail goes out until it is of no more use", "[mail]") {
  const test::TemporaryDirectory place;
  test::SetClock clock;
  telemetry::MetricsRegistry metrics;
  mail::Delivery delivery(std::make_unique<mail::Folder>(place.path()), {"", "from@b.kr"}, clock, metrics);
  const auto mails = [&] {
    return std::distance(std::filesystem::directory_iterator(place.path()), std::filesystem::directory_iterator{});
  };
  const auto until = std::to_string((clock.now() + 15min).time_since_epoch().count());
  const auto row = [](const std::string& id, const std::string& rest) {
    return R"({"id":")" + std::string(32, id[0]) + R"(","to":"a@b.kr","subject":"s","text":"t","html":"h")" + rest +
           "}";
  };
  clock.advance(15min);
  CHECK(delivery.deliver(1, row("a", ",\"until\":" + until)).delivery == Outcome::done);
  clock.advance(1ms);
  CHECK(delivery.deliver(2, row("b", ",\"until\":" + until)).delivery == Outcome::drop);
  CHECK(mails() == 1);
  CHECK(delivery.deliver(3, row("c", "")).delivery == Outcome::done);
  CHECK(mails() == 2);
}
