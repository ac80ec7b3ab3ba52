// What is said to everybody, and how a day moved, for who has no page open.
#include "subscribing.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

std::string look(World& world) { return world.node.scheduler().run_now("notifications-away").value(); }

void say(World& world, const GivenOptions& given) { world.node.command("notifications", "send", given); }

/// The service's day goes on, with another amount.
void add_day(World& world, UserId user) {
  world.execute(
      "INSERT INTO asset_snapshots (user_id, day, amount, multiplier, created_at) SELECT user_id, day + 1, 12557430, "
      "multiplier, created_at FROM asset_snapshots WHERE user_id = " +
      std::to_string(user.value));
}

}  // namespace

TEST_CASE("What is said to everybody is pushed once to each who is subscribed, whoever looks meanwhile") {
  World world(ON_EACH_DATABASE());
  auto away = world.node.guest();
  auto looks = world.node.guest();
  auto unsubscribed = world.node.guest();
  REQUIRE(subscribe(away, endpoint(1)).status == 200);
  REQUIRE(subscribe(looks, endpoint(2)).status == 200);
  look(world);
  CHECK(pushes(world) == 0);
  say(world, {{"text", "오늘 밤 점검합니다."}});
  CHECK(pushes(world) == 0);  // a row for all
  CHECK(looks.get("/api/v1/notifications").number("/data/unreadCount") == 1);
  CHECK(pushes(world) == 1);
  for (int i = 0; i < 2; ++i) {
    look(world);
    CHECK(pushes(world) == 2);
  }
  CHECK(world.number("SELECT COUNT(*) FROM outbox WHERE payload LIKE '%점검%'") == 0);
  CHECK(away.get("/api/v1/notifications").number("/data/unreadCount") == 1);

  auto later = world.node.guest();
  const auto later_id = std::to_string(user_of(later).value);
  REQUIRE(subscribe(later, endpoint(3)).status == 200);
  look(world);
  CHECK(pushes(world) == 2);  // it was said before they came

  SECTION("of several only the last sounds, and nothing that was said long ago") {
    say(world, {{"text", "하나"}});
    say(world, {{"text", "둘"}});
    look(world);
    CHECK(pushes(world) == 2 + 3);
    say(world, {{"text", "셋"}});
    world.clock.advance(13h);
    look(world);
    CHECK(pushes(world) == 2 + 3);
    CHECK(world.number("SELECT COUNT(*) FROM notifications WHERE user_id = " + later_id) == 3);
  }
  SECTION("said to one") {
    say(world, {{"text", "당신에게"}, {"user", std::to_string(user_of(away).value)}});
    CHECK(pushes(world) == 3);
  }
}

TEST_CASE("A day is pushed at the time that was chosen, once") {
  World world(ON_EACH_DATABASE());
  auto guest = world.node.guest();  // 17:00 in Seoul
  auto other = world.node.guest();
  const auto user = user_of(guest);
  REQUIRE(subscribe(guest, endpoint(1)).status == 200);
  REQUIRE(subscribe(other, endpoint(2)).status == 200);  // does not want to know
  REQUIRE(guest.send("PATCH", "/api/v1/users/me/settings", R"({"dayAt":"18:30"})").status == 200);
  world.clock.advance(24h + 89min);
  look(world);
  CHECK(pushes(world) == 0);
  world.clock.advance(1min);
  look(world);
  CHECK(pushes(world) == 0);  // the day is not there yet
  add_day(world, user);
  for (int i = 0; i < 2; ++i) {
    look(world);
    CHECK(pushes(world) == 1);
  }
  CHECK(world.number("SELECT COUNT(*) FROM outbox WHERE payload LIKE '%만%' OR payload LIKE '%1255%'") == 0);
}

TEST_CASE("A word to thousands is told in slices, and waits while many pushes do") {
  World world(storage::Dialect::sqlite);
  auto one = world.node.guest();
  REQUIRE(subscribe(one, endpoint(1)).status == 200);
  world.execute(
      "INSERT INTO accounts (role, status, amount, multiplier, amount_day, created_at, last_seen_at) WITH RECURSIVE n "
      "(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) SELECT 1, 0, 1, 1, 1, 1, 1 FROM n");
  const auto first = user_of(one).value;
  // Who has signed out is told in the list alone.
  world.execute(
      "INSERT INTO push_subscriptions (user_id, session_id, digest, endpoint, p256dh, auth, created_at, seen_at) "
      "SELECT "
      "a.id, -a.id, 'd' || a.id, s.endpoint || a.id, s.p256dh, s.auth, s.created_at, s.seen_at FROM accounts a, "
      "push_subscriptions s WHERE a.id > " +
      std::to_string(first));
  say(world, {{"text", "모두에게"}});
  world.execute(
      "INSERT INTO outbox (topic, payload, state, attempts, next_at, created_at, answer) WITH RECURSIVE n (i) AS "
      "(SELECT 1 "
      "UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT 'pushes', 'x', 0, 0, 0, 0, '' FROM n");
  CHECK_THAT(look(world), Catch::Contains("when what waits"));
  CHECK(world.number("SELECT COUNT(*) FROM notifications") == 0);
  world.execute("DELETE FROM outbox WHERE payload = 'x'");
  CHECK_THAT(look(world), Catch::Contains("looked at 301 accounts"));
  CHECK(world.number("SELECT COUNT(*) FROM notifications") == 301);
  CHECK(pushes(world) == 1);
}

TEST_CASE("What waits for a browser that nobody can reach has a bound, and the last ones are kept") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto reader = world.node.guest();
  auto other = world.node.guest();
  REQUIRE(subscribe(author, endpoint(1)).status == 200);
  REQUIRE(subscribe(other, endpoint(2)).status == 200);
  write_comment(reader, write_post(other));
  const auto told = [&](int times) {
    for (int i = 0; i < times; ++i) {
      write_comment(reader, write_post(author));
      CHECK(pushes(world) <= 1 + push::kMostWaiting);
    }
  };
  told(15);
  CHECK(pushes(world) == 1 + 15);
  world.clock.advance(core::push_subscriptions::kPause);
  told(15);
  CHECK(pushes(world) == 1 + 10);
}
