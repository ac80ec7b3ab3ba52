#include <algorithm>
#include <set>
#include <string>

#include "core/assets/refresh.hpp"
#include "core/assets/today_job.hpp"
#include "core/assets/today_store.hpp"
#include "support/core/asset_world.hpp"

using namespace dontgoback;
using namespace dontgoback::core::assets;
using namespace dontgoback::test;

namespace {

constexpr auto kPath = "/api/v1/assets/today";

/// A network whose day is refreshed and counted.
struct Network {
  explicit Network(storage::Dialect dialect) : world(dialect) {}

  void refresh() {
    CHECK(world.browser().send("POST", "/msa/core/api/jobs/asset-refresh", "", AssetWorld::as_service()).status == 200);
  }
  std::string count() {
    world.scheduler.run_now("name-bands").value();
    return world.scheduler.run_now(kTodayJob).value();
  }
  Answer seen_by(UserId user) { return world.browser().send("GET", kPath, "", AssetWorld::as(user)); }

  /// All that the tables say.
  std::string told() {
    std::string text;
    world.database.read([&](storage::Connection& c) {
      for (const auto side : {Side::rises, Side::falls}) {
        for (const auto& move : shown_movers(c, side)) {
          text += std::to_string(move.user.value) + " " + std::to_string(move.hundredths) + " " + move.shown + "\n";
        }
      }
      for (const auto& cell : cells_shown(c)) {
        text += std::to_string(cell.at_least.value) + ": " + std::to_string(cell.accounts) + "\n";
      }
      for (std::int64_t amount = 9'000'000; amount < 11'000'000; amount += 10'000) {
        text += std::to_string(percentile_of(c, Won{amount}).value_or(0)) + " ";
      }
    });
    return text;
  }
  std::set<std::int64_t> movers() {
    std::set<std::int64_t> found;
    world.database.read([&](storage::Connection& c) {
      for (const auto side : {Side::rises, Side::falls}) {
        for (const auto& move : shown_movers(c, side)) found.insert(move.user.value);
      }
    });
    return found;
  }

  AssetWorld world;
};

double percent(const Answer& answer, const std::string& list, std::size_t at) {
  return answer.at("/data/" + list + "/" + std::to_string(at) + "/changePercent").to_number<double>();
}

}  // namespace

TEST_CASE("Everybody's day is told once it is counted: who moved most, without numbers and amounts, and one's place") {
  Network network(ON_EACH_DATABASE());
  auto& world = network.world;
  const auto users = world.accounts(60);
  CHECK(network.seen_by(users[0]).at("/data/state") == "COUNTING");
  network.refresh();
  CHECK(network.seen_by(users[0]).at("/data/state") == "COUNTING");
  CHECK(world.scheduler.run_now(kTodayJob).value() == "names are not counted yet");
  CHECK(network.count() == "2027-01-15: 60 accounts");

  const auto answer = network.seen_by(users[0]);
  CHECK(answer.status == 200);
  CHECK(answer.at("/data/state") == "KNOWN");
  CHECK(answer.at("/data/day") == "2027-01-15");
  CHECK(answer.number("/data/accounts") == 60);
  CHECK(answer.at("/data/rises").as_array().size() == 10);
  CHECK(answer.at("/data/falls").as_array().size() == 10);
  for (std::size_t i = 1; i < 10; ++i) {
    CHECK(percent(answer, "rises", i) <= percent(answer, "rises", i - 1));
    CHECK(percent(answer, "falls", i) >= percent(answer, "falls", i - 1));
  }
  CHECK(percent(answer, "rises", 9) > 0);
  CHECK(percent(answer, "falls", 9) < 0);
  for (const auto* told : {"userId", "amount\"", "multiplier"}) CHECK(answer.body.find(told) == std::string::npos);

  std::int64_t counted = 0;
  const auto cells = answer.at("/data/distribution");
  for (const auto& cell : cells.as_array()) {
    counted += cell.at("accounts").to_number<std::int64_t>();
    CHECK(cell.at("accounts").to_number<std::int64_t>() >= 20);
  }
  CHECK(counted == 60);

  std::int64_t best = 0, worst = 100;
  for (const auto user : users) {
    const auto place = network.seen_by(user).number("/data/percentile");
    const auto so_rich =
        world.number("SELECT COUNT(*) FROM accounts WHERE amount >= " + std::to_string(world.amount(user).value));
    CHECK(place >= so_rich * 100 / 60);
    CHECK(place <= so_rich * 100 / 60 + 9);
    best = std::max(best, 100 - place);
    worst = std::min(worst, 100 - place);
  }
  CHECK(best >= 90);
  CHECK(worst == 0);
}

TEST_CASE("No name among the first is rarer than that of who writes unlinked") {
  Network network(ON_EACH_DATABASE());
  const auto users = network.world.accounts(60);
  network.world.execute("UPDATE asset_snapshots SET amount = 777000000000 WHERE user_id = " +
                        std::to_string(users[3].value));
  network.world.execute("UPDATE accounts SET amount = 777000000000 WHERE id = " + std::to_string(users[3].value));
  network.refresh();
  network.count();
  const auto answer = network.seen_by(users[0]);
  CHECK(answer.body.find("억") == std::string::npos);
  for (const auto* list : {"/data/rises", "/data/falls"}) {
    const auto moves = answer.at(list);
    for (const auto& each : moves.as_array()) {
      const std::string name = each.at("name").as_string().c_str();
      if (each.at("unnamed").as_bool()) {
        CHECK(name == "익명");
      } else {
        CHECK(network.world.database.read([&](storage::Connection& c) {
          return std::get<0>(c.one<std::int64_t>("SELECT COUNT(*) FROM name_bands WHERE shown = :name", name).value());
        }) > 0);
      }
    }
  }
}

TEST_CASE("Who does not take part, is a guest, has a private profile or does not wish it is not among the first") {
  Network network(ON_EACH_DATABASE());
  auto& world = network.world;
  world.accounts(60);
  network.refresh();
  network.count();
  const auto before = network.movers();
  REQUIRE(before.size() == 20);
  auto gone = before.begin();
  for (const std::string change :
       {"status = 1", "status = 2", "status = 3", "role = 0", "private_profile = 1", "unlisted = 1"}) {
    CAPTURE(change);
    world.execute("UPDATE accounts SET " + change + " WHERE id = " + std::to_string(*gone));
    CHECK_FALSE(network.movers().contains(*gone));  // at once,
    CHECK(network.movers().size() == 20);           // and others take the place
    ++gone;
  }
  world.database.write([&](storage::Connection& c) { world.parts.life_cycle.remove(c, UserId{*gone}); });
  CHECK_FALSE(network.movers().contains(*gone));
  CHECK(network.count() == "2027-01-15: 56 accounts");
  for (auto user = before.begin(); user != std::next(gone); ++user) CHECK_FALSE(network.movers().contains(*user));
}

TEST_CASE("Fewer than twenty are told nothing of each other") {
  Network network(ON_EACH_DATABASE());
  const auto users = network.world.accounts(19);
  network.world.accounts(10, 0);  // whose first day is today
  network.refresh();
  CHECK(network.count() == "2027-01-15: 19 accounts");
  const auto answer = network.seen_by(users[0]);
  CHECK(answer.at("/data/state") == "FEW");
  CHECK(answer.number("/data/accounts") == 0);
  CHECK(answer.at("/data/percentile").is_null());
  for (const auto* list : {"/data/rises", "/data/falls", "/data/distribution"})
    CHECK(answer.at(list).as_array().empty());
  CHECK(network.world.number("SELECT COUNT(*) FROM asset_today_movers") == 0);
}

TEST_CASE("Counted again, refreshed again or filled in backwards, the day is told the same") {
  Network network(ON_EACH_DATABASE());
  auto& world = network.world;
  const auto users = world.accounts(40, 1);
  network.refresh();
  network.count();
  const auto told = network.told();
  CHECK(std::count(told.begin(), told.end(), '\n') > 20);
  network.count();
  CHECK(network.told() == told);
  network.refresh();
  network.count();
  CHECK(network.told() == told);
  world.accounts(30, 0);  // guests and members of this very day change nothing
  network.count();
  CHECK(network.told() == told);

  const auto newest = world.number("SELECT MAX(id) FROM accounts");
  world.execute("DELETE FROM accounts WHERE id > " + std::to_string(users.back().value) +
                " AND id <= " + std::to_string(newest));
  backfill(world.database, *world.source, world.clock, {.days = 2, .last = world.today(), .user = {}},
           [] { return true; });
  network.count();
  CHECK(network.told() == told);
}

TEST_CASE("The look waits until names are counted, counts once, and again when amounts change or a day begins") {
  Network network(ON_EACH_DATABASE());
  auto& world = network.world;
  const auto users = world.accounts(25);
  const auto look = [&] { return world.scheduler.run_now("asset-today-look").value(); };
  CHECK(look() == "names are not counted yet");
  network.refresh();
  CHECK(look() == "names are not counted yet");
  world.scheduler.run_now("name-bands").value();
  CHECK(look() == "2027-01-15: 25 accounts");
  CHECK(look() == "today is known");
  world.database.write([&](storage::Connection& c) {
    core::accounts::set_current(c, users[0], {Won{1}, Multiplier{}}, world.today());
  });
  CHECK(look() == "names are not counted yet");
  world.scheduler.run_now("name-bands").value();
  CHECK(look() == "2027-01-15: 25 accounts");

  world.clock.advance(std::chrono::hours(24));
  CHECK(network.seen_by(users[0]).at("/data/day") == "2027-01-15");  // nobody's has changed yet
  CHECK(network.seen_by(users[0]).at("/data/state") == "KNOWN");
  CHECK(look() == "today is known");
  network.refresh();
  CHECK(network.seen_by(users[0]).at("/data/day") == "2027-01-16");
  CHECK(network.seen_by(users[0]).at("/data/state") == "COUNTING");
  world.scheduler.run_now("name-bands").value();
  CHECK(look() == "2027-01-16: 25 accounts");
  CHECK(network.seen_by(users[0]).at("/data/state") == "KNOWN");
}

TEST_CASE("It is said how long a name still holds: until 03:00 of the service's day") {
  Network network(ON_EACH_DATABASE());
  auto& world = network.world;
  const auto user = world.account();
  const auto change = world.zone.at(world.today() + std::chrono::days(1), kRefreshTime);
  world.clock.set(change - std::chrono::seconds(90));
  CHECK(network.seen_by(user).number("/data/changesIn") == 90);
  world.clock.set(change);
  CHECK(network.seen_by(user).number("/data/changesIn") == 24 * 60 * 60);
}

TEST_CASE("Only who is signed in is told") {
  Network network(ON_EACH_DATABASE());
  CHECK(network.world.browser().get(kPath).status == 401);
}
