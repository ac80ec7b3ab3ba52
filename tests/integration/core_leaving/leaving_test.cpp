#include <thread>

#include "core/parts.hpp"
#include "leaving_talk.hpp"
#include "support/core/beside.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

TEST_CASE("The button behind a mail's link closes or deactivates the account; looking at it does nothing") {
  World world(ON_EACH_DATABASE());
  const bool close = GENERATE(true, false);
  const auto path = close ? kClose : kDeactivate;
  const auto success = std::string("/login?status=") + (close ? "close" : "inactive") + "-success&until=";
  const auto user = member_with(world, "kim@example.com");
  auto browser = world.node.signed_in(user);
  auto phone = world.node.signed_in(user);
  const auto post = "/api/v1/feeds/" + std::to_string(write_post(browser));
  auto other = world.node.guest();

  const auto asked = ask(browser, path);
  CHECK(asked.status == 200);
  CHECK_FALSE(asked.at("/data/expiresAt").as_string().empty());
  const auto mail = last_mail(world);
  CHECK(mail.to == "kim@example.com");
  CHECK(mail.until == world.clock.now() + 5min);
  CHECK(mail.subject == (close ? "[DontGoBack] 회원 탈퇴 요청" : "[DontGoBack] 계정 비활성화 요청"));
  const auto link = last_link(world);
  CHECK_THAT(mail.html, Catch::Contains(link));
  for (const auto* method : {"GET", "HEAD", "GET"}) {
    const auto page = world.node.browser().send(method, link);
    CHECK(page.status == 200);
    CHECK(page.field("cache-control") == "no-store");
    CHECK_THAT(page.field("content-security-policy"), Catch::Contains("form-action 'self'"));
    if (method[0] == 'G') CHECK_THAT(page.body, Catch::Contains("<form method=\"post\" action=\"" + std::string(path)));
  }
  CHECK(status_of(world, user) == 0);
  CHECK(other.get(post).status == 200);

  const auto done = press(world, link);
  CHECK(done.status == 303);
  CHECK(done.field("location") == success + until(world));
  CHECK(done.field("set-cookie").empty());
  CHECK(status_of(world, user) == (close ? 2 : 1));
  const std::string reason = close ? "탈퇴 요청" : "비활성화";
  CHECK(world.number("SELECT COUNT(*) FROM account_history WHERE reason = '" + reason + "'") == 1);

  // Signed out everywhere, and not there for others.
  const auto second = world.second_node();
  Browser beside = second->browser();
  beside.jar = phone.jar;
  CHECK(beside.get("/api/v1/users/me").status == 401);
  CHECK(browser.post("/api/token").status == 401);
  CHECK(other.get(post).status == 404);
  CHECK(other.get("/api/v1/users/" + std::to_string(user.value)).status == 404);

  // A double click, the other tab, the mail once more.
  world.clock.advance(10min);
  CHECK(press(world, link).field("location") == done.field("location"));
  const auto looked = world.node.browser().get(link);
  CHECK(looked.status == 302);
  CHECK(looked.field("location") == done.field("location"));
  CHECK(world.number("SELECT COUNT(*) FROM account_history WHERE user_id = " + std::to_string(user.value)) == 2);

  // Back by signing in, which no old form undoes.
  CHECK(world.node.signed_in(user).get(post).status == 200);
  CHECK(status_of(world, user) == 0);
  CHECK(world.number("SELECT COUNT(*) FROM closings") == 0);
  const std::string back = close ? "탈퇴 철회" : "비활성화 해제";
  CHECK(world.number("SELECT COUNT(*) FROM account_history WHERE reason = '" + back + "'") == 1);
  const auto fail = std::string("/login?status=") + (close ? "close" : "inactive") + "-fail";
  CHECK(press(world, link).field("location") == fail);
  CHECK(world.node.browser().get(link).field("location") == fail);
  CHECK(status_of(world, user) == 0);
}

TEST_CASE("In somebody else's browser a link is about the account it was sent to") {
  World world(ON_EACH_DATABASE());
  const auto user = member_with(world, "kim@example.com");
  auto browser = world.node.signed_in(user);
  ask(browser, kClose);
  const auto link = last_link(world);
  const auto another = world.node.create_user();
  for (auto other : {world.node.signed_in(another), world.node.guest()}) {
    CHECK(other.get(link).field("location").empty() == (status_of(world, user) == 0));
    CHECK(press(other, link).field("location") == "/login?status=close-success&until=" + until(world));
    CHECK(other.get("/api/v1/users/me").status == 200);
  }
  CHECK(status_of(world, user) == 2);
  CHECK(status_of(world, another) == 0);
  CHECK(world.number("SELECT COUNT(*) FROM closings") == 1);
}

TEST_CASE("Two who press the button at once are told the same") {
  World world(ON_EACH_DATABASE());
  const auto user = member_with(world, "kim@example.com");
  auto browser = world.node.signed_in(user);
  ask(browser, kClose);
  const auto link = last_link(world);
  std::vector<std::string> locations(4);
  std::vector<std::thread> threads;
  for (auto& location : locations) threads.emplace_back([&] { location = press(world, link).field("location"); });
  for (auto& thread : threads) thread.join();
  for (const auto& location : locations) CHECK(location == "/login?status=close-success&until=" + until(world));
  CHECK(world.number("SELECT COUNT(*) FROM account_history") == 2);
  CHECK(world.number("SELECT COUNT(*) FROM closings") == 1);
}

TEST_CASE("A link that is bad, expired, of the other wish, or of an account that may not leave, fails") {
  World world(ON_EACH_DATABASE());
  const auto user = member_with(world, "kim@example.com");
  auto browser = world.node.signed_in(user);
  ask(browser, kClose);
  auto link = last_link(world);
  std::string failed = "/login?status=close-fail";

  SECTION("no token") { link = kClose; }
  SECTION("nobody's") { link.back() = link.back() == 'A' ? 'E' : 'A'; }
  SECTION("what is no token") { link = std::string(kClose) + "?token=%3Cscript%3E"; }
  SECTION("expired") { world.clock.advance(5min); }
  SECTION("made by a clock that ran ahead") { world.clock.jump(-2h); }
  SECTION("of the other wish") {
    link = std::string(kDeactivate) + link.substr(kClose.size());
    failed = "/login?status=inactive-fail";
  }
  SECTION("suspended") { world.node.users("suspend", {{"id", std::to_string(user.value)}, {"reason", "test"}}); }
  SECTION("to deactivate what is to be closed") {
    ask(browser, kDeactivate);
    const auto first = link;
    link = last_link(world);
    press(world, first);
    failed = "/login?status=inactive-fail";
  }
  const auto before = status_of(world, user);
  CHECK(world.node.browser().get(link).field("location") == failed);
  const auto refused = press(world, link.find('?') == std::string::npos ? link + "?" : link);
  CHECK(refused.status == 303);
  CHECK(refused.field("location") == failed);
  CHECK(status_of(world, user) == before);
}

TEST_CASE("Who is INACTIVE may still close by a link, and two links to close are one request") {
  World world(ON_EACH_DATABASE());
  const auto user = member_with(world, "kim@example.com");
  auto browser = world.node.signed_in(user);
  std::vector<std::string> links;
  for (const auto path : {kDeactivate, kClose, kClose}) {
    ask(browser, path);
    links.push_back(last_link(world));
  }
  press(world, links[0]);
  CHECK(status_of(world, user) == 1);
  const auto first = press(world, links[1]).field("location");
  CHECK(status_of(world, user) == 2);
  world.clock.advance(1min);
  CHECK(press(world, links[2]).field("location") == first);
  CHECK(world.number("SELECT COUNT(*) FROM account_history WHERE status = 2") == 1);
}

TEST_CASE("Who may ask for a mail, how often, and in which language") {
  World world(ON_EACH_DATABASE());
  for (const auto path : {kClose, kDeactivate}) {
    auto nobody = world.node.browser();
    CHECK(ask(nobody, path).status == 401);
    auto guest = world.node.guest();
    CHECK(ask(guest, path).status == 403);
    const auto unreachable = world.node.create_user();
    auto without = world.node.signed_in(unreachable);
    const auto refused = ask(without, path);
    CHECK(refused.status == 409);
    CHECK(refused.at("/resultCode") == "F-409");
  }
  CHECK(world.number("SELECT COUNT(*) FROM outbox") == 0);

  const auto user = member_with(world, "kim@example.com");
  auto browser = world.node.signed_in(user);
  const auto request = std::string(kClose) + "/email-request";
  browser.send("POST", request, "", {{"Accept-Language", "en"}});
  CHECK(last_mail(world).subject == "[DontGoBack] Closing your account");
  browser.send("PATCH", "/api/v1/users/me/settings", R"({"language":"ko"})");
  const Browser::Fields kept{{"Accept-Language", "en"}, {"Idempotency-Key", "k"}};
  const auto once = browser.send("POST", request, "", kept);
  CHECK(last_mail(world).subject == "[DontGoBack] 회원 탈퇴 요청");
  const auto mails = world.number("SELECT COUNT(*) FROM outbox");
  CHECK(browser.send("POST", request, "", kept).body == once.body);
  CHECK(world.number("SELECT COUNT(*) FROM outbox") == mails);

  for (int i = 0; i < 3; ++i) CHECK(ask(browser, kDeactivate).status == 200);
  const auto refused = ask(browser, kClose);
  CHECK(refused.status == 429);
  CHECK_FALSE(refused.field("retry-after").empty());
  world.clock.advance(10min);
  CHECK(ask(browser, kClose).status == 200);
}

TEST_CASE("Without a mail a fresh sign-in is proof enough") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  auto browser = world.node.signed_in(user);
  CHECK(browser.post(kLeaveNow, R"({"kind":"AWAY"})").status == 400);
  CHECK(browser.post(kLeaveNow, "{}").status == 400);

  SECTION("within ten minutes") {
    const bool close = GENERATE(true, false);
    world.clock.advance(10min - 1ms);
    const auto left = browser.post(kLeaveNow, close ? R"({"kind":"CLOSE"})" : R"({"kind":"INACTIVE"})");
    CHECK(left.status == 200);
    CHECK(left.at("/data/until") == boost::json::value(until(world)));
    CHECK(browser.jar.empty());
    CHECK(status_of(world, user) == (close ? 2 : 1));
  }
  SECTION("later it is asked for again") {
    world.clock.advance(10min);
    const auto refused = browser.post(kLeaveNow, R"({"kind":"CLOSE"})");
    CHECK(refused.status == 403);
    CHECK(refused.at("/resultCode") == "F-403");
    browser.post("/api/token");  // a renewal is no sign-in
    CHECK(browser.post(kLeaveNow, R"({"kind":"CLOSE"})").status == 403);
    CHECK(status_of(world, user) == 0);
    CHECK(world.node.signed_in(user).post(kLeaveNow, R"({"kind":"CLOSE"})").status == 200);
    CHECK(status_of(world, user) == 2);
  }
  SECTION("a sign-in of a day to come is none") {
    world.clock.jump(-1h);
    CHECK(browser.post(kLeaveNow, R"({"kind":"CLOSE"})").status == 403);
  }
}

TEST_CASE("A guest leaves at once, with what nobody answered") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  auto member = world.node.signed_in(user);
  auto guest = world.node.guest();
  const auto answered = write_post(guest);
  const auto alone = write_post(guest);
  write_comment(member, answered);
  CHECK(guest.post(kLeaveNow, R"({"kind":"INACTIVE"})").status == 403);
  const auto id = std::to_string(world.number("SELECT MAX(id) FROM accounts"));  // more than a slice
  world.execute(
      "INSERT INTO posts (user_id, author, author_type, content, created_at, updated_at) WITH RECURSIVE n (i) "
      "AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 700) SELECT " +
      id + ", 'x', 1, 'x', i, i FROM n");
  world.clock.advance(1h);
  auto copy = guest;
  const auto left = guest.post(kLeaveNow, R"({"kind":"CLOSE"})");
  CHECK(left.status == 200);
  CHECK(left.at("/data/until").is_null());
  CHECK(guest.jar.empty());
  CHECK(copy.post(kLeaveNow, R"({"kind":"CLOSE"})").status == 401);
  CHECK(copy.post("/api/token").status == 401);
  CHECK(world.number("SELECT COUNT(*) FROM accounts WHERE role = 0") == 0);
  CHECK(world.number("SELECT COUNT(*) FROM posts") == 1);
  CHECK(member.get("/api/v1/feeds/" + std::to_string(alone)).status == 404);
  CHECK(member.get("/api/v1/feeds/" + std::to_string(answered)).at("/data/userId") == 0);
  CHECK(world.counts_are_right());
}

TEST_CASE("What a guest does beside leaving finds nobody there, and breaks nothing") {
  World world(storage::Dialect::mysql);
  const core::Parts parts;
  const std::vector<std::pair<const char*, int>> cases{
      {"/api/token", 401}, {"/api/v1/sessions/hand-over", 404}, {"/api/logout", 200}, {"/api/v1/users/me/leave", 404}};
  for (const auto& [target, status] : cases) {
    INFO(target);
    auto guest = world.node.guest();
    const UserId user{world.number("SELECT MAX(id) FROM accounts")};
    const auto answer = beside(
        world, [&](storage::Connection& connection) { parts.life_cycle.remove(connection, user); },
        [&] { return guest.post(target, R"({"kind":"CLOSE"})"); });
    CHECK(answer.status == status);
  }
}
