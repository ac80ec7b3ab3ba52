#include <functional>
#include <future>
#include <thread>

#include "core/parts.hpp"
#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::core;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

/// The purge of guests, with something that happens between its look at a slice and the first removal.
std::int64_t purge_with(World& world, const std::function<void()>& between) {
  const Parts parts;
  const jobs::Run run{.stop = {}, .keep_alive = [] { return true; }};
  const expiry::Sweep sweep{world.database, world.node.trust, run};
  bool happened = false;
  const sign_in::WhoWrote who = [&](storage::Connection& connection, std::span<const UserId> users) {
    auto writers = feed::authors_among(connection, users);
    if (!std::exchange(happened, true)) std::thread(between).join();  // others are other threads
    return writers;
  };
  return sign_in::purge_guests(sweep, world.clock, parts.life_cycle, who);
}

std::int64_t guests(World& world) { return world.number("SELECT COUNT(*) FROM accounts WHERE role = 0"); }

std::string form_of(const std::string& link) { return link.substr(link.find('?') + 1); }

constexpr auto kMe = "/api/v1/users/me";

}  // namespace

TEST_CASE("A guest who comes back in the middle of the purge stays") {
  World world(ON_EACH_DATABASE());
  auto returning = world.node.guest();
  auto silent = world.node.guest();
  world.clock.advance(24h);
  CHECK(purge_with(world, [&] { returning.post("/api/token"); }) == 1);
  CHECK(returning.get(kMe).status == 200);
  CHECK(silent.post("/api/token").status == 401);
  CHECK(guests(world) == 1);
}

TEST_CASE("A guest who writes in the middle of the purge stays for as long as a writer does") {
  World world(ON_EACH_DATABASE());
  auto writing = world.node.guest();
  world.node.guest();
  const auto id = writing.get(kMe).number("/data/userId");
  world.clock.advance(24h);
  // Not by the page, whose renewal would count as having been here.
  CHECK(purge_with(world, [&] {
          world.execute("INSERT INTO posts (user_id, author, author_type, content, created_at, updated_at) VALUES (" +
                        std::to_string(id) + ", 'x', 0, 'x', 1, 1)");
        }) == 1);
  CHECK(guests(world) == 1);
  world.clock.advance(13 * 24h - 1ms);
  CHECK(purge_with(world, [] {}) == 0);
  world.clock.advance(1ms);
  CHECK(purge_with(world, [] {}) == 1);
  CHECK(world.number("SELECT COUNT(*) FROM posts") == 0);
}

TEST_CASE("A guest who signs in as a member in the middle of the purge is gone once, and the member stays") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  auto guest = world.node.guest();
  world.node.guest();
  guest.post("/api/v1/feeds", R"({"content":"글"})");
  const auto link = world.node.sign_in_link(user);
  SECTION("and takes the posts along") {
    world.clock.advance(10min);
    auto& spans = world.node.trust.spans;
    CHECK(spans.empty());
    // Old for the purge, not for the link.
    world.execute("UPDATE accounts SET last_seen_at = 1 WHERE role = 0");
    CHECK(purge_with(world, [&] { guest.post("/api/sign-in-link", form_of(link) + "&keepPosts=true"); }) == 1);
    CHECK(guests(world) == 0);
    CHECK(guest.get(kMe).at("/data/userId") == user.value);
    CHECK(world.number("SELECT COUNT(*) FROM posts WHERE user_id = " + std::to_string(user.value)) == 1);
  }
  SECTION("and leaves them: they go with the guest") {
    world.execute("UPDATE accounts SET last_seen_at = 1 WHERE role = 0");
    CHECK(purge_with(world, [&] { guest.post("/api/sign-in-link", form_of(link)); }) == 2);
    CHECK(guest.get(kMe).at("/data/userId") == user.value);
    CHECK(world.number("SELECT COUNT(*) FROM posts") == 0);
  }
}

TEST_CASE("A purge that is told to stop, or has lost its lease, stops between two slices") {
  World world(ON_EACH_DATABASE());
  world.node.guest();
  world.clock.advance(24h);
  const Parts parts;
  std::stop_source stop;
  const bool stopped = GENERATE(true, false);
  if (stopped) stop.request_stop();
  const jobs::Run run{.stop = stop.get_token(), .keep_alive = [&] { return stopped; }};
  CHECK(sign_in::purge_guests({world.database, world.node.trust, run}, world.clock, parts.life_cycle,
                              feed::authors_among) == 0);
  CHECK(guests(world) == 1);
  CHECK(sessions::remove_expired({world.database, world.node.trust, run}) == 0);
}

TEST_CASE("A renewal that is slower than a sign-in beside it does not bring the old session back") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  const bool keeps = GENERATE(true, false);
  for (int round = 0; round < 5; ++round) {
    auto guest = world.node.guest();
    auto slow = guest;
    auto as_guest = guest;
    const auto link = world.node.sign_in_link(user);
    auto renewal = std::async(std::launch::async, [&] { return slow.post("/api/token").status; });
    CHECK(guest.post("/api/sign-in-link", form_of(link) + (keeps ? "&keepPosts=true" : "")).field("location") == "/");
    const auto renewed = renewal.get();
    CHECK((renewed == 200 || renewed == 401));
    // Whatever came first: the guest's session is over, the member's is not.
    CHECK(slow.post("/api/token").status == 401);
    CHECK(as_guest.post("/api/token").status == 401);
    CHECK(as_guest.get(kMe).status == 401);
    CHECK(guest.get(kMe).at("/data/userId") == user.value);
    CHECK(guest.post("/api/token").status == 200);
  }
}

TEST_CASE("A renewal that was begun before the session ended, and comes after, is refused") {
  World world(ON_EACH_DATABASE());
  auto here = world.node.signed_in(world.node.create_user());
  auto beside = here;
  REQUIRE(here.post("/api/token").status == 200);
  REQUIRE(here.post("/api/logout").status == 200);
  CHECK(beside.post("/api/token").status == 401);
  CHECK(world.number("SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL") == 0);
  CHECK(world.number("SELECT COUNT(*) FROM refresh_tokens") == 2);  // no third
}

TEST_CASE("A suspension beside a sign-in: whatever comes first, nobody is in at the end") {
  World world(ON_EACH_DATABASE());
  for (int round = 0; round < 5; ++round) {
    const auto user = world.node.create_user();
    const auto link = world.node.sign_in_link(user);
    auto member = world.node.browser();
    auto signing_in = std::async(std::launch::async, [&] { member.post("/api/sign-in-link", form_of(link)); });
    world.node.users("suspend", {{"id", std::to_string(user.value)}, {"reason", "x"}});
    signing_in.get();
    CHECK(member.get(kMe).status == 401);
    CHECK(world.number("SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL") == 0);
  }
}
