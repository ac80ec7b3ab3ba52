#include <string>

#include "support/core/asset_world.hpp"

using namespace dontgoback;
using namespace dontgoback::core::assets;
using namespace dontgoback::test;

namespace {

std::string path(UserId user, std::string_view query) {
  return "/api/v1/users/" + std::to_string(user.value) + "/asset-histories?" + std::string(query);
}

void add_snapshot(AssetWorld& world, UserId user, std::string_view day, std::int64_t won, std::int64_t billionths) {
  world.database.write([&](storage::Connection& connection) {
    connection.execute(
        "INSERT INTO asset_snapshots (user_id, day, amount, multiplier, created_at) "
        "VALUES (:user_id, :day, :amount, :multiplier, :created_at)",
        user, time::parse_day(day).value(), won, billionths, 1'799'000'000'123);
  });
}

}  // namespace

TEST_CASE("A series is what the contract says, to any signed-in account") {
  AssetWorld world(ON_EACH_DATABASE());
  const auto user = world.account(0);  // 2027-01-15, 10 000 000
  const auto viewer = AssetWorld::as(world.account());
  add_snapshot(world, user, "2027-01-02", 8'000'000, 990'000'000);
  add_snapshot(world, user, "2027-01-03", 0, 1);
  add_snapshot(world, user, "2027-01-04", 8'123'400, 1'000'000'001);
  auto browser = world.browser();

  const auto daily = browser.send("GET", path(user, "from=2027-01-02&to=2027-01-31"), "", viewer);
  CHECK(daily.status == 200);
  const auto id = std::to_string(user.value);
  CHECK_THAT(
      daily.body,
      Catch::EndsWith(
          R"("data":{"userId":)" + id +
          R"(,"from":"2027-01-02","to":"2027-01-31","interval":"daily","points":[)"
          R"({"date":"2027-01-02","amount":8000000,"changeAmount":null,"changePercent":null,"type":"RED"},)"
          R"({"date":"2027-01-03","amount":0,"changeAmount":-8000000,"changePercent":-100.00,"type":"RED"},)"
          R"({"date":"2027-01-04","amount":8123400,"changeAmount":8123400,"changePercent":null,"type":"BLUE"},)"
          R"({"date":"2027-01-15","amount":10000000,"changeAmount":1876600,"changePercent":23.10,"type":"BLUE"}],)"
          R"("latestChangedAt":"2027-01-15T08:00:00.000Z","count":4}})"));

  const auto weekly = browser.send("GET", path(user, "from=2027-01-01&to=2027-01-31&interval=weekly"), "", viewer);
  CHECK(weekly.at("/data/count") == 3);  // weeks of 2026-12-28, 2027-01-04 and 2027-01-11
  const auto monthly = browser.send("GET", path(user, "from=2027-01-01&to=2027-01-04&interval=monthly"), "", viewer);
  CHECK_THAT(monthly.body, Catch::Contains(R"("points":[{"date":"2027-01-04")"));
  const auto thin = browser.send("GET", path(user, "from=2027-01-01&to=2027-01-31&limit=2"), "", viewer);
  CHECK(thin.at("/data/count") == 2);
  const auto none = browser.send("GET", path(user, "from=2030-01-01&to=2030-01-01"), "", viewer);
  CHECK_THAT(none.body, Catch::Contains(R"("points":[],)"));
}

TEST_CASE("A client that has the answer already gets 304 without a body, until something changes") {
  AssetWorld world(ON_EACH_DATABASE());
  const auto user = world.account(0);
  auto browser = world.browser();
  const auto get = [&](std::string_view query, const std::string& etag) {
    auto fields = AssetWorld::as(user);
    fields.emplace_back("If-None-Match", etag);
    return browser.send("GET", path(user, query), "", fields);
  };
  constexpr auto kQuery = "from=2027-01-01&to=2027-01-31";
  const auto first = get(kQuery, "\"other\"");
  const auto etag = first.field("etag");
  CHECK(first.status == 200);
  CHECK(etag.size() > 2);
  CHECK(etag.front() == '"');
  for (const auto& known : {etag, "W/" + etag, "\"x\", " + etag, std::string("*")}) {
    const auto again = get(kQuery, known);
    CHECK(again.status == 304);
    CHECK(again.body.empty());
    CHECK(again.field("etag") == etag);
  }
  CHECK(get("from=2027-01-01&to=2027-01-30", etag).status == 200);
  add_snapshot(world, user, "2027-01-10", 5, 1);
  CHECK(get(kQuery, etag).status == 200);
}

TEST_CASE("Bad questions are told apart") {
  AssetWorld world(ON_EACH_DATABASE());
  const auto user = world.account(0);
  const auto viewer = AssetWorld::as(user);
  auto browser = world.browser();
  const auto status = [&](const std::string& target) { return browser.send("GET", target, "", viewer).status; };
  for (const auto* query :
       {"", "from=2027-01-01", "to=2027-01-01", "from=2027-01-02&to=2027-01-01", "from=2027-02-29&to=2027-03-01",
        "from=x&to=2027-01-01", "from=2027-01-01&to=2027-01-02&from=2027-01-01", "from=2027-1-1&to=2027-01-02",
        "from=2027-01-01&to=2027-01-02&interval=yearly", "from=2027-01-01&to=2027-01-02&interval=",
        "from=2027-01-01&to=2027-01-02&limit=0", "from=2027-01-01&to=2027-01-02&limit=-5",
        "from=2027-01-01&to=2027-01-02&limit=x", "from=2027-01-01&to=2027-01-02&limit=99999999999999999999",
        "from=%00&to=2027-01-02", "from=%ff&to=2027-01-02"}) {
    CAPTURE(query);
    CHECK(status(path(user, query)) == 400);
  }
  constexpr auto kGood = "from=2027-01-01&to=2027-01-02";
  CHECK(status(path(user, kGood)) == 200);
  CHECK(status(path(UserId{999'999}, kGood)) == 404);
  CHECK(status(std::string("/api/v1/users/9223372036854775808/asset-histories?") + kGood) == 400);
  CHECK(status(std::string("/api/v1/users/-1/asset-histories?") + kGood) == 400);
  CHECK(browser.send("GET", path(user, kGood)).status == 401);
  world.execute("UPDATE accounts SET status = 1");
  CHECK(status(path(user, kGood)) == 404);
}
