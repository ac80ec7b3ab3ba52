#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

// Both sides of every limit of age: still there just before, gone at.

namespace {

std::string purge(World& world) { return world.node.scheduler().run_now("guest-purge").value(); }

std::int64_t rows(World& world, const std::string& of) { return world.number("SELECT COUNT(*) FROM " + of); }

constexpr auto kMe = "/api/v1/users/me";

}  // namespace

TEST_CASE("A session is good until 14 days after its last renewal") {
  World world(ON_EACH_DATABASE());
  auto guest = world.node.guest();
  world.clock.advance(14 * 24h - 1ms);
  CHECK(guest.post("/api/token").status == 200);
  auto late = guest;
  world.clock.advance(14 * 24h - 1ms);
  CHECK(guest.post("/api/token").status == 200);
  CHECK(guest.get(kMe).status == 200);  // the session, too, goes on from its renewal
  world.clock.advance(14 * 24h);
  CHECK(guest.post("/api/token").status == 401);
  CHECK(late.post("/api/token").status == 401);
}

TEST_CASE("A token waits for its successor's first use for as long as the session lasts, and then no longer") {
  World world(ON_EACH_DATABASE());
  auto guest = world.node.guest();
  auto lost = guest;  // whose answer was lost
  REQUIRE(guest.post("/api/token").status == 200);
  world.clock.advance(14 * 24h - 1ms);
  REQUIRE(lost.post("/api/token").status == 200);  // the first token, in its last moment, makes the successor last
  world.clock.advance(1ms);
  CHECK(guest.post("/api/token").status == 200);
}

TEST_CASE("An access token that is good does not outlive its session") {
  World world(ON_EACH_DATABASE());
  auto guest = world.node.guest();
  const auto ends_in = [&](std::chrono::milliseconds span) {
    world.execute("UPDATE sessions SET expires_at = " +
                  std::to_string((world.clock.now() + span).time_since_epoch().count()));
  };
  ends_in(1ms);
  CHECK(guest.get(kMe).status == 200);
  ends_in(0ms);
  CHECK(guest.get(kMe).status == 401);
  world.node.trust.confirm(false);  // that its time is over is not beyond doubt
  CHECK(guest.get(kMe).status == 200);
}

TEST_CASE("The thirty seconds in which an old token is no theft") {
  World world(ON_EACH_DATABASE());
  auto owner = world.node.guest();
  auto old = owner;
  owner.post("/api/token");
  owner.post("/api/token");
  const auto after = GENERATE(30'000ms, 30'001ms);
  world.clock.advance(after);
  SECTION("by a clock that has gone evenly for as long") {
    CHECK(old.post("/api/token").status == (after == 30s ? 200 : 401));
    CHECK(owner.get(kMe).status == (after == 30s ? 200 : 401));
  }
  SECTION("by a clock that was set since: nobody knows how long it was") {
    world.node.trust.settle(30s);
    CHECK(old.post("/api/token").status == 200);
    CHECK(owner.get(kMe).status == 200);
  }
  SECTION("by a clock that was set a moment before") {
    world.node.trust.settle(30'001ms);
    CHECK(old.post("/api/token").status == (after == 30s ? 200 : 401));
  }
}

TEST_CASE("A token whose successor is gone, or whose session is another's, renews nothing") {
  World world(ON_EACH_DATABASE());
  auto owner = world.node.guest();
  auto old = owner;
  REQUIRE(owner.post("/api/token").status == 200);
  world.execute("DELETE FROM refresh_tokens WHERE used_at IS NULL");
  CHECK(old.post("/api/token").status == 401);
  CHECK(owner.get(kMe).status == 401);  // the session has ended
}

TEST_CASE("A sign-in link signs in until its 15 minutes are over") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  const auto form = [](const std::string& link) { return link.substr(link.find('?') + 1); };
  const auto first = world.node.sign_in_link(user);
  const auto second = world.node.sign_in_link(user);
  world.clock.advance(15min - 1ms);
  CHECK(world.node.browser().post("/api/sign-in-link", form(first)).field("location") == "/");
  world.clock.advance(1ms);
  CHECK(world.node.browser().post("/api/sign-in-link", form(second)).field("location") == "/login?status=link-invalid");
}

TEST_CASE("The machine that makes a link may be a minute ahead of the one that takes it") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  const auto link = world.node.sign_in_link(user);
  world.clock.jump(-1min);
  CHECK(world.node.browser().get(link).status == 200);
  world.clock.jump(-1ms);
  CHECK(world.node.browser().get(link).field("location") == "/login?status=link-invalid");
}

TEST_CASE("The purge removes a session, its token and a link in the moment they end, and not before") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  auto member = world.node.signed_in(user);  // by a link
  REQUIRE(rows(world, "sessions") == 1);
  world.clock.advance(15min - 1ms);
  CHECK(purge(world) == "removed 0 guests and 0 expired rows");
  CHECK(rows(world, "sign_in_links") == 1);
  world.clock.advance(1ms);
  CHECK(purge(world) == "removed 0 guests and 1 expired rows");
  CHECK(rows(world, "sign_in_links") == 0);

  world.clock.advance(14 * 24h - 15min - 1ms);
  CHECK(purge(world) == "removed 0 guests and 0 expired rows");
  CHECK(rows(world, "sessions") == 1);
  CHECK(rows(world, "refresh_tokens") == 1);
  world.clock.advance(1ms);
  purge(world);
  CHECK(rows(world, "sessions") == 0);
  CHECK(rows(world, "refresh_tokens") == 0);
}

TEST_CASE("The purge removes a kept answer when it does not count any more, and not before") {
  World world(ON_EACH_DATABASE());
  auto member = world.node.signed_in(world.node.create_user());
  const auto write = [&] {
    return member.send("POST", "/api/v1/feeds", R"({"content":"글"})", {{"Idempotency-Key", "k"}})
        .number("/data/feedId");
  };
  const auto first = write();
  world.clock.advance(24h - 1ms);
  member.post("/api/token");
  purge(world);
  CHECK(rows(world, "idempotency_keys") == 1);
  CHECK(write() == first);
  world.clock.advance(1ms);
  SECTION("by the purge") {
    purge(world);
    CHECK(rows(world, "idempotency_keys") == 0);
  }
  SECTION("by the next request") {
    CHECK(write() != first);
    CHECK(rows(world, "idempotency_keys") == 1);
  }
}

TEST_CASE("The purge of expired rows goes through more than one slice, and stops where the limit is") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  auto member = world.node.signed_in(user);
  const auto now = world.clock.now().time_since_epoch().count();
  const auto add = [&](int i, std::int64_t ended_ago) {
    world.execute("INSERT INTO sign_in_links (hash, user_id, expires_at) VALUES ('h" + std::to_string(i) + "', " +
                  std::to_string(user.value) + ", " + std::to_string(now - ended_ago) + ")");
  };
  world.execute("DELETE FROM sign_in_links");
  world.database.write([&](storage::Connection& connection) {
    for (int i = 0; i < 1100; ++i) {
      connection.execute("INSERT INTO sign_in_links (hash, user_id, expires_at) VALUES (:hash, :user, :ends)",
                         "many" + std::to_string(i), user, now - 1 - i / 7);  // some of one millisecond
    }
  });
  add(1, 0);   // ends now
  add(2, -1);  // ends in a millisecond
  CHECK(purge(world) == "removed 0 guests and 1101 expired rows");
  CHECK(rows(world, "sign_in_links") == 1);
}
