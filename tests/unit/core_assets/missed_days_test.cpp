#include "core/assets/missed_days.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace dontgoback;
using namespace dontgoback::core::assets;
using std::chrono::days;

namespace {

constexpr time::Day kZero = time::Day::from_number(20'000);
time::Day day(int n) { return kZero + days(n); }

/// The day of each letter: `x` finished, `g` finished over a gap, `b` begun, `G` begun over a gap, `.` not known.
std::vector<RefreshedDay> known(std::string_view letters) {
  std::vector<RefreshedDay> found;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const char c = letters[i];
    if (c != '.') found.push_back({day(static_cast<int>(i)), c == 'x' || c == 'g', c == 'g' || c == 'G'});
  }
  return found;
}

}  // namespace

TEST_CASE("Missed are the days before today, and after the first known one, that are not finished") {
  struct {
    std::string_view letters;
    int today;
    std::vector<int> missed;
    int first;  ///< -1: none
    int through;
  } const cases[]{
      {"x", 0, {}, -1, 1},       {"x", 1, {}, -1, 1},          {"xx", 1, {}, -1, 2},       {"x.x", 2, {1}, 1, 3},
      {"x", 4, {1, 2, 3}, 1, 4}, {"x..g", 3, {1, 2}, 1, 4},    {"x..gg", 5, {1, 2}, 1, 5}, {"xxxg", 3, {}, 3, 4},
      {"xxG", 2, {}, 2, 2},      {"xbx", 2, {1}, 1, 3},        {"xxb", 2, {}, -1, 2},      {"xx.g", 2, {}, -1, 2},
      {"xxxg", 2, {}, 3, 3},     {"xx.......g", 3, {2}, 2, 3}, {"..x", 1, {}, -1, 1},      {"..xx", 3, {}, -1, 4},
  };
  for (const auto& tried : cases) {
    CAPTURE(tried.letters, tried.today);
    const auto all = known(tried.letters);
    const auto missed = missed_days(all, all.front().day, day(tried.today));
    std::vector<time::Day> expected;
    for (const int n : tried.missed) expected.push_back(day(n));
    CHECK(missed.days == expected);
    CHECK(missed.first == (tried.first < 0 ? std::nullopt : std::optional(day(tried.first))));
    CHECK(missed.through == day(tried.through));
  }
}

TEST_CASE("No more than 400 days are looked back on") {
  const std::vector<RefreshedDay> all{{day(0), true, false}, {day(50), true, true}};
  for (const auto& [today, missed, first] :
       {std::tuple{400, 398, 1}, {401, 399, 1}, {450, 399, 50}, {451, 400, 51}, {5000, 400, 4600}}) {
    CAPTURE(today);
    const auto found = missed_days(all, day(0), day(today));
    CHECK(found.days.size() == static_cast<std::size_t>(missed));
    CHECK(found.first == day(first));
  }
}
