#include "extension/service.hpp"

#include <catch2/catch.hpp>

#include "support/set_trust.hpp"

namespace dontgoback::extension {
namespace {

using namespace std::chrono_literals;

class SetClock final : public time::Clock {
 public:
  time::Timestamp now() const override { return time::Timestamp{std::chrono::sys_days{2026y / 1 / 31} + 20h}; }
};

struct Fixture {
  SetClock clock;
  test::SetTrust trust{clock};
  time::Zone zone{"Asia/Seoul"};  // where it is 1 February already
  AssetService service{DailyMultiplier(std::string(32, 'k'), {}), trust, zone};
  static time::Day day(const char* text) { return time::parse_day(text).value(); }
};

TEST_CASE_METHOD(Fixture, "each query is answered, in order, and fails by itself") {
  const ports::AssetQuery queries[] = {
      {UserId{3}, Won{10'000'000}},    {UserId{0}, Won{1}}, {UserId{1}, Won{-1}}, {UserId{1}, Won{Won::kMax}},
      {UserId{1}, Won{Won::kMax + 1}}, {UserId{2}, Won{0}}};
  const auto answers = service.changes(day("2026-02-01"), queries);
  REQUIRE(answers.size() == 6);
  REQUIRE(answers[0]);
  CHECK(answers[0]->user == UserId{3});
  CHECK(answers[0]->original == Won{10'000'000});
  CHECK(answers[0]->updated == apply(answers[0]->multiplier, Won{10'000'000}));
  CHECK(answers[1].failure().kind == FailureKind::invalid);
  CHECK(answers[2].failure().kind == FailureKind::invalid);
  REQUIRE(answers[3]);
  CHECK(answers[3]->updated <= Won{Won::kMax});
  CHECK(answers[4].failure().kind == FailureKind::invalid);
  REQUIRE(answers[5]);
  CHECK(answers[5]->updated == Won{0});
}

TEST_CASE_METHOD(Fixture, "the amount does not change the multiplier") {
  const ports::AssetQuery queries[] = {{UserId{3}, Won{1}}, {UserId{3}, Won{999'999'999}}};
  const auto answers = service.changes(day("2020-02-29"), queries);
  CHECK(answers[0]->multiplier == answers[1]->multiplier);
}

TEST_CASE_METHOD(Fixture, "a day is at most the service's tomorrow") {
  const ports::AssetQuery query{UserId{3}, Won{1}};
  CHECK(service.changes(day("1999-12-31"), {&query, 1}).front());
  CHECK(service.changes(day("2026-02-02"), {&query, 1}).front());
  CHECK(service.changes(day("2026-02-03"), {&query, 1}).front().failure().kind == FailureKind::invalid);
}

TEST_CASE_METHOD(Fixture, "a clock that nobody confirmed refuses no day") {
  trust.confirm(false);
  const ports::AssetQuery query{UserId{3}, Won{1}};
  for (const auto* asked : {"1999-12-31", "2026-02-03", "2028-11-20"}) {
    CHECK(service.changes(day(asked), {&query, 1}).front());
  }
}

}  // namespace
}  // namespace dontgoback::extension
