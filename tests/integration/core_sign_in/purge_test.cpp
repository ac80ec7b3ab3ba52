#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

// What strangers leave behind goes by itself: not before its time is over, and not by a clock that may be wrong.

namespace {

std::string run(World& world, std::string_view job) { return world.node.scheduler().run_now(job).value(); }

std::int64_t rows(World& world, const std::string& table) { return world.number("SELECT COUNT(*) FROM " + table); }

/// A row of each that ends so long from now.
void add_rows(World& world, std::chrono::milliseconds life) {
  const auto ends = std::to_string((world.clock.now() + life).time_since_epoch().count());
  world.execute("INSERT INTO sign_ups (hash, way, expires_at) VALUES ('a', 'email', " + ends + ")");
  world.execute(
      "INSERT INTO email_links (hash, browser_hash, email, tries_left, expires_at, code_hash) VALUES "
      "('a', 'a', 'a@b.c', 5, " +
      ends + ", 'a')");
}

}  // namespace

TEST_CASE("Links by mail and sign-ups are swept once they have ended") {
  World world(ON_EACH_DATABASE());
  add_rows(world, 15min);
  world.clock.advance(15min - 1ms);
  CHECK(run(world, "sign-in-tries") == "removed 0 expired rows");
  world.clock.advance(1ms);
  CHECK(run(world, "sign-in-tries") == "removed 2 expired rows");
  CHECK(rows(world, "email_links") + rows(world, "sign_ups") == 0);
}

TEST_CASE("What strangers left is swept by a confirmed clock only") {
  World world(ON_EACH_DATABASE());
  add_rows(world, 15min);
  world.clock.advance(24h);
  world.node.trust.confirm(false);
  CHECK_FALSE(world.node.scheduler().run_now("sign-in-tries"));
  CHECK(rows(world, "email_links") + rows(world, "sign_ups") == 2);
}

TEST_CASE("An invitation is kept for a day after its end, used up or not") {
  World world(ON_EACH_DATABASE());
  world.node.users("invite", {{"days", "3"}});
  world.node.users("invite", {{"days", "30"}});
  world.execute("UPDATE invitations SET uses_left = 0");
  world.clock.advance(4 * 24h - 1ms);
  run(world, "guest-purge");
  CHECK(rows(world, "invitations") == 2);
  world.clock.advance(1ms);
  run(world, "guest-purge");
  CHECK(rows(world, "invitations") == 1);
}
