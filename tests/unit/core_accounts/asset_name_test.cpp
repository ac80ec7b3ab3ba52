#include "core/accounts/asset_name.hpp"

#include <catch2/catch.hpp>
#include <utility>

#include "dontgoback/money.hpp"

using namespace dontgoback;
using namespace dontgoback::core::accounts;

TEST_CASE("an amount has the contract's name") {
  const auto [won, name] = GENERATE(table<std::int64_t, std::string>({
      // the contract's examples
      {0, "0원"},
      {7'990'000, "799만"},
      {10'000'000, "1000만"},
      {123'456'789, "1.2억"},
      // won have no decimals
      {1, "1원"},
      {5, "5원"},
      {10, "10원"},
      {9'999, "9999원"},
      // below ten of a unit one decimal, half up
      {10'000, "1.0만"},
      {10'499, "1.0만"},
      {10'500, "1.1만"},
      {99'499, "9.9만"},
      {100'000'000, "1.0억"},
      {1'000'000'000'000, "1.0조"},
      {1'049'999'999'999, "1.0조"},
      {1'050'000'000'000, "1.1조"},
      // what rounds up to ten is written like ten
      {99'500, "10만"},
      {949'999'999, "9.5억"},
      {950'000'000, "9.5억"},
      {994'999'999, "9.9억"},
      {995'000'000, "10억"},
      {9'950'000'000'000, "10조"},
      // from ten on no decimal, half up
      {100'000, "10만"},
      {104'999, "10만"},
      {105'000, "11만"},
      {12'345'678, "1235만"},
      // what rounds up to the next unit is written in it
      {99'994'999, "9999만"},
      {99'995'000, "1.0억"},
      {99'999'999, "1.0억"},
      {999'949'999'999, "9999억"},
      {999'950'000'000, "1.0조"},
      {Won::kMax, "9007조"},
      // negatives mirror
      {-1, "-1원"},
      {-99'500, "-10만"},
      {-123'456'789, "-1.2억"},
  }));
  CAPTURE(won);
  CHECK(name_of(Won{won}) == name);
}

TEST_CASE("every int64 has a name that fits its column of 32 bytes") {
  CHECK(name_of(Won{INT64_MIN}) == "-9223372조");
  CHECK(name_of(Won{INT64_MAX}) == "9223372조");
}

TEST_CASE("a bigger amount never has a name of a smaller unit") {
  const auto unit = [](std::int64_t won) {
    const auto name = name_of(Won{won});
    for (const auto& [suffix, rank] : {std::pair{"원", 0}, {"만", 1}, {"억", 2}, {"조", 3}}) {
      if (name.ends_with(suffix)) return rank;
    }
    return -1;
  };
  int last = 0;
  for (std::int64_t won = 1; won < Won::kMax / 3; won += won / 7 + 1) {
    CAPTURE(won);
    REQUIRE(unit(won) >= last);
    last = unit(won);
  }
}

TEST_CASE("a day is blue unless its multiplier is below one") {
  CHECK(to_string(type_of(Multiplier{1'000'000'000})) == "BLUE");
  CHECK(to_string(type_of(Multiplier{1'000'000'001})) == "BLUE");
  CHECK(to_string(type_of(Multiplier{999'999'999})) == "RED");
}
