#include "steps/confidence.hpp"

#include <catch2/catch.hpp>

#include "saying.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

Confidence confidence(const std::vector<Saying>& sayings) {
  Diary diary;
  for (const auto& saying : sayings) diary.tell(saying);
  const auto& told = diary.days.front().told;
  return confidence_of(sum_of(told), told, {});
}

std::vector<Doubt> doubts(const Confidence& confidence) {
  std::vector<Doubt> found;
  for (const auto& each : confidence.doubts) found.push_back(each.doubt);
  return found;
}

}  // namespace

TEST_CASE("an ordinary day is not doubted") {
  CHECK(confidence({{.date = "2026-03-01", .total = 12'000}}).percent == 100);
  CHECK(confidence({{.date = "2026-03-01", .hours = {0, 0, 9000, 3000}},
                    {.date = "2026-03-01", .device = "w", .source = Source::watch, .hours = {0, 0, 8000, 6000}}})
            .percent == 100);
  CHECK(confidence({{.date = "2026-03-01", .total = 0}}).percent == 100);
}

TEST_CASE("each limit lowers confidence by how far it is passed, and drops nothing") {
  auto found = confidence({{.date = "2026-03-01", .hours = {28'800}}});
  CHECK(found.percent == 50);
  CHECK(doubts(found) == std::vector{Doubt::hour_too_full});
  found = confidence({{.date = "2026-03-01", .total = 320'000}});
  CHECK(found.percent == 25);
  CHECK(doubts(found) == std::vector{Doubt::day_too_full});
}

TEST_CASE("who tells totals only is held to the same pace, between its measurements") {
  const auto found =
      confidence({{.date = "2026-03-01", .total = 100, .version = 1, .measured = at("2026-03-01", 8, 50, 540)},
                  {.date = "2026-03-01", .total = 28'900, .version = 2, .measured = at("2026-03-01", 9, 50, 540)}});
  CHECK(found.percent == 50);
  CHECK(doubts(found) == std::vector{Doubt::hour_too_full});
}

TEST_CASE("what is typed counts for as much as devices do not have") {
  const Saying typed{.date = "2026-03-01", .device = "hand", .source = Source::manual, .total = 10'000};
  CHECK(confidence({typed}).percent == 30);
  CHECK(doubts(confidence({typed})) == std::vector{Doubt::typed});
  CHECK(confidence({typed, {.date = "2026-03-01", .total = 5000}}).percent == 65);
  CHECK(confidence({typed, {.date = "2026-03-01", .total = 10'000}}).percent == 100);
  CHECK(confidence({{.date = "2026-03-01", .device = "x", .source = Source::import_, .total = 1}}).percent == 70);
  CHECK(confidence({{.date = "2026-03-01", .device = "grpc", .source = Source::first_release, .total = 9}}).percent ==
        70);
}

TEST_CASE("two devices that walk at different times are two people's, maybe") {
  const auto found = confidence({{.date = "2026-03-01", .hours = {8000, 0}},
                                 {.date = "2026-03-01", .device = "w", .source = Source::watch, .hours = {0, 8000}}});
  CHECK(found.percent == 60);
  CHECK(doubts(found) == std::vector{Doubt::devices_apart});
}
