#include "core/leaving/wish.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback;
using namespace dontgoback::core::leaving;
using dontgoback::core::accounts::AccountStatus;

TEST_CASE("What a wish does to an account of each status") {
  struct Case {
    AccountStatus status;
    Effect close, deactivate;
  };
  const auto [status, close, deactivate] = GENERATE(values<Case>({
      {AccountStatus::active, Effect::changes, Effect::changes},
      {AccountStatus::inactive, Effect::changes, Effect::stays},
      {AccountStatus::close_requested, Effect::stays, Effect::none},
      {AccountStatus::suspended, Effect::none, Effect::none},
      {AccountStatus::closed, Effect::none, Effect::none},
      {AccountStatus::departed, Effect::none, Effect::none},
  }));
  CHECK((effect_of(Wish::close, status) == close));
  CHECK((effect_of(Wish::deactivate, status) == deactivate));
}

TEST_CASE("Wishes are read as the contract writes them") {
  CHECK((read_wish("CLOSE") == Wish::close));
  CHECK((read_wish("INACTIVE") == Wish::deactivate));
  for (const auto* other : {"", "close", "INACTIVE ", "SUSPENDED"}) CHECK_FALSE(read_wish(other).has_value());
}

TEST_CASE("Where the browser goes, and until which day of the service's zone one may come back") {
  const time::Zone zone("Asia/Seoul");
  const auto since = zone.at(*time::parse_day("2026-11-27"), std::chrono::minutes(23 * 60 + 59));
  CHECK(sign_in_page(Wish::close, last_day(since, zone)) == "/login?status=close-success&until=2026-12-11");
  CHECK(sign_in_page(Wish::deactivate, last_day(since, zone)) == "/login?status=inactive-success&until=2026-12-11");
  CHECK(sign_in_page(Wish::close, std::nullopt) == "/login?status=close-fail");
  CHECK(sign_in_page(Wish::deactivate, std::nullopt) == "/login?status=inactive-fail");
}
