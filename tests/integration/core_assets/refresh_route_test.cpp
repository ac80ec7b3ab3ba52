#include <future>
#include <latch>
#include <string>

#include "support/core/asset_world.hpp"

using namespace dontgoback;
using namespace dontgoback::core::assets;
using namespace dontgoback::test;

namespace {

constexpr auto kPath = "/msa/core/api/jobs/asset-refresh";

Answer post(const AssetWorld& world, std::string_view body) {
  return world.browser().send("POST", kPath, body, AssetWorld::as_service());
}

}  // namespace

TEST_CASE("Another service can run the refresh and learns what came of it") {
  AssetWorld world(ON_EACH_DATABASE());
  const auto users = world.accounts(7, 3);
  world.source->is_away = [&](UserId user) { return user == users[0]; };

  const auto answer = post(world, "");
  CHECK(answer.status == 200);
  CHECK(answer.at("/resultCode") == "S-200");
  CHECK(answer.at("/data/total") == 7);
  CHECK(answer.at("/data/success") == 6);
  CHECK(answer.at("/data/failed") == 1);
  CHECK(answer.number("/data/elapsedMs") >= 0);
  CHECK(post(world, "{}").at("/data/success") == 0);
  world.source->is_away = [](UserId) { return false; };
  CHECK(post(world, R"({"snapshotDay":"2027-01-15"})").at("/data/success") == 1);
  CHECK(post(world, R"({"snapshotDay":"2027-01-16"})").at("/data/success") == 7);
  CHECK(post(world, R"({"snapshotDay":"2027-01-14"})").at("/data/success") == 7);
}

TEST_CASE("Only a service may, and only for a day that may be asked for") {
  AssetWorld world(ON_EACH_DATABASE());
  const auto user = world.account();
  CHECK(world.browser().send("POST", kPath).status == 401);
  CHECK(world.browser().send("POST", kPath, "", AssetWorld::as(user)).status == 401);
  for (const auto* body : {R"({"snapshotDay":"2027-01-17"})", R"({"snapshotDay":"2027-02-30"})",
                           R"({"snapshotDay":20270115})", R"({"snapshotDay":""})", "[]", "{", "null", "x"}) {
    CAPTURE(body);
    const auto answer = post(world, body);
    CHECK(answer.status == 400);
    CHECK(answer.at("/resultCode") == "F-400");
  }
  CHECK(world.number("SELECT COUNT(*) FROM asset_snapshots") == 1);
}

TEST_CASE("While one runs another is a conflict") {
  AssetWorld world(ON_EACH_DATABASE());
  world.account();
  std::latch asked(1), go_on(1);
  world.source->meanwhile = [&] {
    asked.count_down();
    go_on.wait();
  };
  auto first = std::async(std::launch::async, [&] { return post(world, ""); });
  asked.wait();
  const auto second = post(world, "");
  go_on.count_down();
  CHECK(second.status == 409);
  CHECK(second.at("/resultCode") == "F-409");
  CHECK(first.get().at("/data/success") == 1);
}
