#include "core/accounts/name_bands.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "core/accounts/amounts.hpp"

using namespace dontgoback;
using namespace dontgoback::core::accounts;

namespace {

constexpr auto kBlue = AssetType::blue;
constexpr auto kRed = AssetType::red;

std::map<std::pair<std::string, AssetType>, std::string> shown(Bearers bearers) {
  std::map<std::pair<std::string, AssetType>, std::string> found;
  for (const auto& band : bands_of(std::move(bearers))) found[{band.name, band.type}] = band.shown;
  return found;
}

}  // namespace

TEST_CASE("a band has fewer digits of the name, and never all of them") {
  CHECK(band_of("1012만", 1) == "1010만대");
  CHECK(band_of("1012만", 2) == "1000만대");
  CHECK(band_of("1012만", 3) == "1000만대");
  CHECK(band_of("1012만", 4).empty());
  CHECK(band_of("799만", 1) == "790만대");
  CHECK(band_of("799만", 2) == "700만대");
  CHECK(band_of("799만", 3).empty());
  CHECK(band_of("1.2억", 1) == "1억대");
  CHECK(band_of("1.2억", 2).empty());
  CHECK(band_of("12억", 1) == "10억대");
  CHECK(band_of("5원", 1).empty());
  CHECK(band_of("0원", 1).empty());
  CHECK(band_of("-12만", 1) == "-10만대");
  CHECK(band_of("-1만", 1).empty());
}

TEST_CASE("twenty who bear a name are shown by it, nineteen by a band, and nobody where a band has fewer") {
  // Enough without a name besides, so that no name has to go for them.
  const std::pair<const std::pair<std::string, AssetType>, std::int64_t> nameless{{"5조", kRed}, 19};
  const auto with = [&](Bearers bearers) {
    bearers.insert(nameless);
    bearers.insert({{"6조", kBlue}, 1});
    return shown(std::move(bearers));
  };
  CHECK(with({{{"799만", kBlue}, 20}}).at({"799만", kBlue}) == "799만");
  CHECK(with({{{"799만", kBlue}, 19}}).empty());
  CHECK(with({{{"799만", kBlue}, 10}, {{"799만", kRed}, 10}}).empty());  // a colour is not another's
  const auto tens = with({{{"791만", kBlue}, 10}, {{"799만", kBlue}, 10}});
  CHECK(tens.at({"791만", kBlue}) == "790만대");
  CHECK(tens.at({"799만", kBlue}) == "790만대");
  CHECK(with({{{"721만", kBlue}, 10}, {{"799만", kBlue}, 10}}).at({"721만", kBlue}) == "700만대");
  CHECK(with({{{"1.2억", kRed}, 10}, {{"1.9억", kRed}, 10}}).at({"1.9억", kRed}) == "1억대");
  CHECK(with({{{"5원", kRed}, 19}, {{"6원", kRed}, 19}}).empty());
}

TEST_CASE("who is shown by a finer name hides nobody in a band") {
  // Of 26 in the tens, 25 are shown by their name: the one would stand in its band alone.
  const auto found = shown({{{"791만", kBlue}, 25}, {{"799만", kBlue}, 1}, {{"9조", kRed}, 19}});
  CHECK(found.at({"791만", kBlue}) == "791만");
  CHECK_FALSE(found.contains({"799만", kBlue}));
}

TEST_CASE("who is shown without a name is one of twenty, too") {
  SECTION("or the name that fewest bear goes") {
    const auto found = shown({{{"791만", kBlue}, 25}, {{"5조", kRed}, 30}, {{"3조", kRed}, 1}});
    CHECK(found.size() == 1);
    CHECK(found.at({"5조", kRed}) == "5조");
  }
  SECTION("and so are those whom nobody has counted yet") {
    const auto found = shown({{{"791만", kBlue}, 25}, {{"5조", kRed}, 30}});
    CHECK(found.size() == 1);
  }
  SECTION("but where everybody is shown alike") {
    CHECK(shown({{{name_of(kFirstAmount), kBlue}, 20}}).size() == 1);
    CHECK(shown({{{name_of(kFirstAmount), kBlue}, 12}, {{"1009만", kBlue}, 8}}).size() == 2);
  }
  SECTION("and where there are fewer than twenty nobody has a name") {
    CHECK(shown({{{name_of(kFirstAmount), kBlue}, 19}}).empty());
    CHECK(shown({}).empty());
  }
}

TEST_CASE("in networks of every size each shown name, and none, is at least twenty people's") {
  std::mt19937 random(20260101);
  for (const int accounts : {5, 19, 20, 21, 39, 40, 100, 1000, 10'000, 100'000}) {
    for (int round = 0; round < 5; ++round) {
      std::normal_distribution<double> spread(0, 0.02 * round);
      Bearers bearers;
      for (int i = 0; i < accounts; ++i) {
        const Won amount{static_cast<std::int64_t>(1e7 * std::exp(spread(random)))};
        ++bearers[{name_of(amount), i % 2 == 0 || round == 0 ? kBlue : kRed}];
      }
      const auto names = shown(bearers);
      std::map<std::pair<std::string, AssetType>, std::int64_t> candidates;
      for (const auto& [name, count] : bearers) {
        const auto found = names.find(name);
        candidates[found == names.end() ? std::pair(std::string(), kBlue) : std::pair(found->second, name.second)] +=
            count;
      }
      for (const auto& [name, count] : candidates) {
        INFO(accounts << " accounts, round " << round << ": " << name.first);
        CHECK(count >= std::min(accounts, kHiddenAmong));
      }
      if (round == 0 && accounts >= kHiddenAmong) CHECK(names.size() == 1);
      if (round > 0 && accounts >= 1000) CHECK(candidates.size() > 4);  // and it is worth something
    }
  }
}
