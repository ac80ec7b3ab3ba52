#include <thread>

#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

std::string cookie_line(const Answer& answer, std::string_view name) {
  for (const auto& [field, value] : answer.fields) {
    if (field == "set-cookie" && value.starts_with(name)) return value.substr(value.find(';'));
  }
  return "";
}

bool clears_both(const Answer& answer) {
  return cookie_line(answer, "access_token=;") == "; Path=/; Max-Age=0; HttpOnly; SameSite=Lax" &&
         cookie_line(answer, "refresh_token=;") == "; Path=/api/token; Max-Age=0; HttpOnly; SameSite=Lax";
}

}  // namespace

TEST_CASE("A guest gets an account and both cookies, and keeps them") {
  World world(ON_EACH_DATABASE());
  auto guest = world.node.browser();
  const auto answer = guest.post("/api/guest");
  CHECK(answer.status == 200);
  CHECK(cookie_line(answer, "access_token=") == "; Path=/; Max-Age=7200; HttpOnly; SameSite=Lax");
  CHECK(cookie_line(answer, "refresh_token=") == "; Path=/api/token; Max-Age=1209600; HttpOnly; SameSite=Lax");
  const auto me = guest.get("/api/v1/users/me");
  CHECK(me.status == 200);
  CHECK(me.at("/data/userRole") == "GUEST");

  const auto again = guest.post("/api/guest", "{}");
  CHECK(again.status == 200);
  CHECK(again.field("set-cookie").empty());
  CHECK(world.number("SELECT COUNT(*) FROM accounts") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM asset_snapshots WHERE amount = 10000000 AND multiplier = 1000000000") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM account_history WHERE status = 0") == 1);

  world.node.guest();
  CHECK(world.number("SELECT COUNT(*) FROM accounts") == 2);
}

TEST_CASE("The database holds no token") {
  World world(ON_EACH_DATABASE());
  const auto guest = world.node.guest();
  CHECK(world.number("SELECT COUNT(*) FROM refresh_tokens") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM refresh_tokens WHERE hash = '" + guest.jar.at("refresh_token") + "'") == 0);
}

TEST_CASE("A renewal replaces both tokens and slides the session") {
  World world(ON_EACH_DATABASE());
  auto guest = world.node.guest();
  const auto before = guest.jar;
  world.clock.advance(13 * 24h);
  CHECK(guest.get("/api/v1/users/me").status == 401);
  CHECK(guest.post("/api/token").status == 200);
  CHECK(guest.jar.at("access_token") != before.at("access_token"));
  CHECK(guest.jar.at("refresh_token") != before.at("refresh_token"));
  CHECK(guest.get("/api/v1/users/me").status == 200);
  world.clock.advance(13 * 24h);
  CHECK(guest.post("/api/token").status == 200);
  world.clock.advance(14 * 24h);
  CHECK(clears_both(guest.post("/api/token")));
}

TEST_CASE("Renewal without a good cookie is 401 and clears both") {
  World world(ON_EACH_DATABASE());
  auto guest = world.node.guest();
  const std::string bad = GENERATE("", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "access");
  if (bad.empty()) {
    guest.jar.erase("refresh_token");
  } else {
    guest.jar["refresh_token"] = bad == "access" ? guest.jar["access_token"] : bad;
  }
  const auto answer = guest.post("/api/token");
  CHECK(answer.status == 401);
  CHECK(clears_both(answer));
  CHECK(guest.jar.empty());
}

TEST_CASE("A lost answer and a second tab get the same successor") {
  World world(ON_EACH_DATABASE());
  auto first = world.node.guest();
  auto second = first, third = first;
  REQUIRE(first.post("/api/token").status == 200);
  world.clock.advance(5 * 24h);  // unused, it waits
  REQUIRE(second.post("/api/token").status == 200);
  CHECK(second.jar.at("refresh_token") == first.jar.at("refresh_token"));

  REQUIRE(first.post("/api/token").status == 200);  // the successor's first use
  world.clock.advance(30s);
  REQUIRE(third.post("/api/token").status == 200);
  CHECK(third.jar.at("refresh_token") == second.jar.at("refresh_token"));
  REQUIRE(third.post("/api/token").status == 200);
  CHECK(third.jar.at("refresh_token") == first.jar.at("refresh_token"));
  CHECK(third.get("/api/v1/users/me").status == 200);
}

TEST_CASE("A token presented after its successor's use and the grace is theft and ends the session") {
  World world(ON_EACH_DATABASE());
  auto owner = world.node.guest();
  auto thief = owner;
  owner.post("/api/token");
  owner.post("/api/token");
  world.clock.advance(30s + 1ms);
  const auto answer = thief.post("/api/token");
  CHECK(answer.status == 401);
  CHECK(clears_both(answer));
  CHECK(owner.get("/api/v1/users/me").status == 401);
  CHECK(owner.post("/api/token").status == 401);
}

TEST_CASE("However often a session is renewed, few of its tokens are kept, and each old one is still known for theft") {
  World world(ON_EACH_DATABASE());
  const int stolen = GENERATE(0, 1, 2, 30, 59);  // after so many renewals
  auto owner = world.node.guest();
  const auto bystander = world.node.guest();
  auto thief = owner;
  for (int i = 1; i <= 60; ++i) {
    REQUIRE(owner.post("/api/token").status == 200);
    if (i == stolen) thief = owner;
    world.clock.advance(i % 2 == 0 ? 1s : 2h);
  }
  CHECK(world.number("SELECT COUNT(*) FROM refresh_tokens") <= 1 + 5);  // the bystander's; owner's first and latest
  CHECK(owner.get("/api/v1/users/me").status == 200);
  world.clock.advance(31s);
  owner.post("/api/token");
  world.clock.advance(31s);
  const auto answer = thief.post("/api/token");
  CHECK(answer.status == 401);
  CHECK(clears_both(answer));
  CHECK(owner.post("/api/token").status == 401);
  CHECK(owner.get("/api/v1/users/me").status == 401);
  auto other = bystander;
  CHECK(other.post("/api/token").status == 200);
}

TEST_CASE("A storm of renewals keeps few rows, and the tabs behind it stay signed in") {
  World world(ON_EACH_DATABASE());
  auto guest = world.node.guest();
  auto tab = guest;
  for (int i = 0; i < 100; ++i) {
    if (i == 98) tab = guest;
    REQUIRE(guest.post("/api/token").status == 200);
    world.clock.advance(1ms);
  }
  CHECK(world.number("SELECT COUNT(*) FROM refresh_tokens") <= 35);
  world.clock.advance(30s - 1ms);
  CHECK(tab.post("/api/token").status == 200);  // within the grace
  CHECK(tab.post("/api/token").status == 200);
  CHECK(tab.jar.at("refresh_token") == guest.jar.at("refresh_token"));
  CHECK(guest.post("/api/token").status == 200);
}

TEST_CASE("A clock that was set forward takes no token for one of long ago") {
  World world(ON_EACH_DATABASE());
  auto first = world.node.guest();
  first.post("/api/token");
  auto late = first;
  first.post("/api/token");
  first.post("/api/token");
  world.node.trust.settle(5s);
  world.clock.jump(1h);
  REQUIRE(first.post("/api/token").status == 200);
  CHECK(late.post("/api/token").status == 200);
  CHECK(late.get("/api/v1/users/me").status == 200);
}

TEST_CASE("Tabs that renew at the same moment on two nodes stay signed in") {
  World world(ON_EACH_DATABASE());
  const auto other = world.second_node();
  for (int round = 0; round < 5; ++round) {
    const auto guest = world.node.guest();
    std::vector<Browser> tabs;
    for (int i = 0; i < 6; ++i) {
      tabs.push_back(i % 2 == 0 ? world.node.browser() : other->browser());
      tabs.back().jar = guest.jar;
    }
    std::vector<std::thread> threads;
    for (auto& tab : tabs) threads.emplace_back([&tab] { tab.post("/api/token"); });
    for (auto& thread : threads) thread.join();
    for (auto& tab : tabs) {
      REQUIRE(tab.jar.contains("refresh_token"));
      CHECK(tab.jar.at("refresh_token") == tabs.front().jar.at("refresh_token"));
      CHECK(tab.get("/api/v1/users/me").status == 200);
    }
  }
}

TEST_CASE("Logout ends the session everywhere at once, and only that one") {
  World world(ON_EACH_DATABASE());
  const auto other = world.second_node();
  const auto user = world.node.create_user();
  auto here = world.node.signed_in(user);
  auto elsewhere = world.node.signed_in(user);
  auto same_session = other->browser();
  same_session.jar = here.jar;
  REQUIRE(same_session.get("/api/v1/users/me").status == 200);

  const auto answer = here.post("/api/logout");
  CHECK(answer.status == 200);
  CHECK_FALSE(answer.at("/message").as_string().empty());
  CHECK(clears_both(answer));
  CHECK(same_session.get("/api/v1/users/me").status == 401);
  CHECK(same_session.post("/api/token").status == 401);
  CHECK(elsewhere.get("/api/v1/users/me").status == 200);
  CHECK(here.post("/api/logout").status == 401);
}

TEST_CASE("A suspended account is out at once and stays out; its old sessions never come back") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  const auto id = std::to_string(user.value);
  auto member = world.node.signed_in(user);
  const auto link = world.node.sign_in_link(user);
  world.node.users("suspend", {{"id", id}, {"reason", "spam"}});
  CHECK(member.get("/api/v1/users/me").status == 401);
  auto fresh = world.node.browser();
  CHECK(fresh.post("/api/sign-in-link", link.substr(link.find('?') + 1)).field("location") ==
        "/login?status=SUSPENDED");
  CHECK(fresh.jar.empty());

  world.node.users("activate", {{"id", id}});
  CHECK(member.get("/api/v1/users/me").status == 401);
  CHECK(member.post("/api/token").status == 401);
  CHECK(world.node.signed_in(user).get("/api/v1/users/me").status == 200);
  CHECK(world.number("SELECT COUNT(*) FROM account_history WHERE user_id = " + id) == 3);
  CHECK(world.number("SELECT COUNT(*) FROM account_history WHERE reason = 'spam' AND status = 3") == 1);
}

TEST_CASE("A changed role counts from the next request") {
  World world(ON_EACH_DATABASE());
  auto member = world.node.signed_in(world.node.create_user());
  world.execute("UPDATE accounts SET role = 2");
  CHECK(member.get("/api/v1/users/me").at("/data/userRole") == "ADMIN");
}
