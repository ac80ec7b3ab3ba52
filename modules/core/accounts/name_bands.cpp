#include "name_bands.hpp"

#include <algorithm>
#include <chrono>
#include <memory>

#include "amounts.hpp"
#include "name_band_store.hpp"

namespace dontgoback::core::accounts {
namespace {

using Shown = std::pair<std::string, AssetType>;

constexpr std::string_view kJob = "name-bands";
/// Until then who writes unlinked is shown without a name, so not for long.
constexpr std::chrono::seconds kLook{10};
constexpr std::chrono::hours kEvery{1};
/// 2^53 − 1 won are `9007조`, and more digits than those of a band's first amount are none's.
constexpr int kMostZeroes = 8;

const Shown kNewcomers{name_of(kFirstAmount), AssetType::blue};

/// Everybody who is shown by a name, and by which.
struct Showing {
  std::map<Shown, Shown> names;            // who bears the first is shown by the second
  std::map<Shown, std::int64_t> accounts;  // that are shown so
  std::int64_t nameless = 0;

  void add(const Shown& name, const Shown& shown, std::int64_t count) {
    names.emplace(name, shown);
    accounts[shown] += count;
  }

  /// Those who are shown by the name that fewest are shown by get none.
  void dissolve_smallest() {
    const auto smallest = std::ranges::min_element(accounts, {}, [](const auto& each) { return each.second; });
    nameless += smallest->second;
    std::erase_if(names, [&](const auto& each) { return each.second == smallest->first; });
    accounts.erase(smallest);
  }
};

}  // namespace

std::string band_of(std::string_view name, int zeroes) {
  const auto end = name.find_first_not_of("-0123456789.");
  std::string digits(name.substr(0, end));
  if (const auto point = digits.find('.'); point != std::string::npos) {
    digits.resize(point);
    --zeroes;
  }
  const auto first = digits.starts_with('-') ? std::size_t{1} : std::size_t{0};
  if (digits.size() < first + static_cast<std::size_t>(zeroes) + 1) return {};
  std::fill(digits.end() - zeroes, digits.end(), '0');
  return digits.append(name.substr(std::min(end, name.size()))).append("대");
}

std::vector<Band> bands_of(Bearers bearers) {
  bearers.emplace(kNewcomers, 0);
  Showing showing;
  for (int zeroes = 0; zeroes <= kMostZeroes && !bearers.empty(); ++zeroes) {
    std::map<Shown, std::int64_t> pools;
    const auto pool_of = [zeroes](const Shown& name) {
      return Shown{zeroes == 0 ? name.first : band_of(name.first, zeroes), name.second};
    };
    for (const auto& [name, count] : bearers) pools[pool_of(name)] += count;
    std::erase_if(bearers, [&](const auto& each) {
      const auto pool = pool_of(each.first);
      if (pool.first.empty() || pools.at(pool) < kHiddenAmong) return false;
      showing.add(each.first, pool, each.second);
      return true;
    });
  }
  const bool all_alike = bearers.empty() && showing.accounts.size() == 1;
  for (const auto& [name, count] : bearers) showing.nameless += count;
  while (!all_alike && showing.nameless < kHiddenAmong && !showing.accounts.empty()) showing.dissolve_smallest();

  std::vector<Band> bands;
  for (const auto& [name, shown] : showing.names) bands.push_back({name.first, name.second, shown.first});
  return bands;
}

namespace {

/// False: it was told to stop.
bool count_names(Host& host, const jobs::Run& run, std::string& said) {
  auto& database = host.database;
  const auto goes_on = [&run] { return !run.stop.stop_requested() && run.keep_alive(); };
  const auto today = host.zone.day_of(host.clock.now());
  const auto counting = database.read(begin_counting);
  Bearers bearers;
  std::int64_t accounts = 0;
  for (UserId after; after < counting.last;) {
    if (!goes_on()) return false;
    after = database.read([&](storage::Connection& c) {
      return each_bearer(c, after, counting.last, today, [&](Won amount, Multiplier multiplier) {
        ++bearers[{name_of(amount), type_of(multiplier)}];
        ++accounts;
      });
    });
  }
  const auto bands = bands_of(std::move(bearers));
  // What a run left that was cut short, then the new ones, which hold from the last step on.
  while (database.write([&](auto& c) { return drop_some_bands(c, counting.number); })) {
    if (!goes_on()) return false;
  }
  for (std::size_t from = 0; from < bands.size(); from += kBandsAtOnce) {
    if (!goes_on()) return false;
    const auto slice = std::span(bands).subspan(from, std::min(kBandsAtOnce, bands.size() - from));
    database.write([&](storage::Connection& c) { add_bands(c, counting.number, slice); });
  }
  database.write([&](storage::Connection& c) { end_counting(c, counting); });
  while (database.write([&](auto& c) { return drop_some_bands(c, counting.number - 1); })) {
    if (!goes_on()) return false;
  }
  said = "counted " + std::to_string(accounts) + " accounts, " + std::to_string(bands.size()) + " names are shown";
  return true;
}

}  // namespace

std::vector<jobs::Job> name_jobs(Host& host) {
  // While amounts go on changing, another counting would not hold.
  const auto seen = std::make_shared<std::int64_t>(-1);
  return {{.name = "name-bands-look",
           .schedule = {.daily_at = {}, .every = kLook},
           .once_for_all_nodes = false,
           .work = [&host, seen](const jobs::Run&) -> std::string {
             const auto changes = host.database.read(uncounted_changes);
             if (!changes) return "names are counted";
             if (std::exchange(*seen, *changes) != *changes) return "amounts are changing";
             const auto done = host.scheduler.run_now(kJob);
             return done ? *done : "another node counts";
           },
           .needs_confirmed_clock = false},
          {.name = std::string(kJob),
           .schedule = {.daily_at = {}, .every = kEvery},
           .once_for_all_nodes = true,
           .work = [&host](const jobs::Run& run) -> std::string {
             std::string said = "cut short";
             count_names(host, run, said);
             return said;
           },
           .needs_confirmed_clock = false}};
}

}  // namespace dontgoback::core::accounts
