// What is said to everybody, and how a day moved: rows that are made when somebody looks.
#include "core/notifications/streams.hpp"
#include "event_source.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;
using core::notifications::Streams;

TEST_CASE("What an operator says to all is a row for all, and one of each account that looks") {
  World world(ON_EACH_DATABASE());
  auto before = world.node.guest();
  auto sleeps = world.node.guest();
  EventSource stream(world.node, before);
  CHECK(stream.unread() == 0);
  const auto send = [&](const GivenOptions& given) { world.node.command("notifications", "send", given); };
  send({{"text", "오늘 밤 점검합니다."}, {"text-en", "Maintenance tonight."}});
  CHECK(world.number("SELECT COUNT(*) FROM system_notices") == 1);
  world.clock.advance(2 * Streams::kPace.pause);
  const auto told_live = stream.next("notification");
  CHECK(told_live.at("kind").as_string() == "SYSTEM");
  CHECK(told_live.at("text").as_string() == "오늘 밤 점검합니다.");
  CHECK(world.number("SELECT COUNT(*) FROM notifications") == 1);

  for (int i = 0; i < 2; ++i) CHECK(told(sleeps) == Told{"SYSTEM 1*"});
  auto english = sleeps.send("GET", "/api/v1/notifications", {}, {{"Accept-Language", "en"}});
  CHECK(english.at("/data/notifications/0/text").as_string() == "Maintenance tonight.");
  auto later = world.node.guest();
  CHECK(told(later).empty());

  const auto user = later.get("/api/v1/users/me").number("/data/userId");
  send({{"text", "당신에게"}, {"user", std::to_string(user)}});
  CHECK(told(later) == Told{"SYSTEM 1*"});
  CHECK(told(sleeps) == Told{"SYSTEM 1*"});
  CHECK_THROWS_AS(send({}), std::invalid_argument);
  CHECK_THROWS_AS(send({{"text", std::string(601, 'x')}}), std::invalid_argument);
  CHECK_THROWS_AS(send({{"text", "x"}, {"user", "999999"}}), std::runtime_error);
}

TEST_CASE("Who wants to know is told once a day how it moved, at their time") {
  World world(ON_EACH_DATABASE());
  auto guest = world.node.guest();  // 17:00 in Seoul
  const auto user = std::to_string(guest.get("/api/v1/users/me").number("/data/userId"));
  CHECK(guest.send("PATCH", "/api/v1/users/me/settings", R"({"dayAt":"18:30"})").status == 200);
  world.execute("UPDATE asset_snapshots SET amount = 12570000 WHERE user_id = " + user);
  world.execute(
      "INSERT INTO asset_snapshots (user_id, day, amount, multiplier, created_at) SELECT user_id, day + 1, 12557430, "
      "multiplier, created_at FROM asset_snapshots WHERE user_id = " +
      user);
  world.clock.set(world.clock.now() + 24h);
  REQUIRE(guest.post("/api/token").status == 200);
  CHECK(told(guest).empty());
  world.clock.set(world.clock.now() + 90min);
  for (int i = 0; i < 2; ++i) CHECK(told(guest) == Told{"DAY 1*"});
  const auto first = notifications_of(guest).at("/data/notifications/0");
  CHECK(first.at("text").as_string() == "어제 1257만 → 오늘 1256만 (−0.10 %)");
  CHECK(first.as_object().find("feedId") == first.as_object().end());
  // The clock was wrong for a while: the next day is told all the same.
  world.execute("UPDATE notification_counters SET last_day = 99999");
  CHECK(told(guest).size() == 2);
  CHECK(guest.send("PATCH", "/api/v1/users/me/settings", R"({"dayAt":null})").status == 200);
  world.execute("UPDATE notification_counters SET last_day = NULL");
  CHECK(told(guest).size() == 2);
}
