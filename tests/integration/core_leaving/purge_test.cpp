#include "core/feed/removal_store.hpp"
#include "core/parts.hpp"
#include "leaving_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

constexpr auto kDays = 24h;

std::string purge(World& world) { return world.node.scheduler().run_now("account-purge").value(); }

void close(World& world, Browser& browser) {
  const auto left = browser.post(kLeaveNow, R"({"kind":"CLOSE"})");
  INFO(left.body);
  REQUIRE(left.status == 200);
  REQUIRE(world.number("SELECT COUNT(*) FROM closings") > 0);
}

std::string comment_of(Browser& browser, std::int64_t post, std::int64_t comment, std::string_view member) {
  const auto listed = browser.get("/api/v1/comments/" + std::to_string(post)).at("/data/comments");
  for (const auto& each : listed.as_array()) {
    if (each.at("commentId").as_int64() == comment) return std::string(each.at(member).as_string());
  }
  return "not there";
}

}  // namespace

TEST_CASE("What nobody answered goes, what was answered keeps a place, and counts stay right") {
  World world(ON_EACH_DATABASE());
  const auto others = world.node.create_user();
  auto other = world.node.signed_in(others);
  const auto user = member_with(world, "kim@example.com");
  auto browser = world.node.signed_in(user);

  const auto answered = write_post(browser);
  browser.send("PATCH", "/api/v1/feeds/" + std::to_string(answered), R"({"content":"고친 글"})");
  other.send("PUT", "/api/v1/feedLikes/" + std::to_string(answered));
  const auto answer = write_comment(other, answered);
  const auto alone = write_post(browser);
  other.send("PUT", "/api/v1/feedLikes/" + std::to_string(alone));
  const auto only_by_oneself = write_post(browser);
  write_comment(browser, only_by_oneself, write_comment(browser, only_by_oneself));
  const auto deleted = write_post(browser);
  write_comment(other, deleted);
  browser.send("DELETE", "/api/v1/feeds/" + std::to_string(deleted));

  const auto theirs = write_post(other);
  browser.send("PUT", "/api/v1/feedLikes/" + std::to_string(theirs));
  const auto replied_to = write_comment(browser, theirs);
  const auto reply = write_comment(other, theirs, replied_to);
  browser.send("PUT", "/api/v1/commentLikes/" + std::to_string(reply));
  write_comment(browser, theirs, replied_to);
  write_comment(browser, theirs);
  write_comment(browser, theirs, write_comment(other, theirs));
  REQUIRE(world.counts_are_right());

  close(world, browser);
  world.clock.advance(15 * kDays);
  CHECK(purge(world) == "removed 1 accounts");
  CHECK(world.counts_are_right());
  CHECK(world.number("SELECT COUNT(*) FROM accounts WHERE id > 0") == 1);
  other = world.node.signed_in(others);
  for (const auto gone : {alone, only_by_oneself, deleted}) {
    CHECK(world.number("SELECT COUNT(*) FROM posts WHERE id = " + std::to_string(gone)) == 0);
  }
  CHECK(world.number("SELECT COUNT(*) FROM comments WHERE post_id = " + std::to_string(theirs)) == 3);
  CHECK(world.number("SELECT like_count FROM posts WHERE id = " + std::to_string(theirs)) == 0);

  const auto path = "/api/v1/feeds/" + std::to_string(answered);
  const auto place = other.get(path);
  CHECK(place.at("/data/content") == "탈퇴한 회원의 글입니다");
  CHECK(place.at("/data/author") == "탈퇴한 회원");
  CHECK(place.at("/data/userId") == 0);
  CHECK(place.at("/data/userRole") == "USER");
  CHECK(place.at("/data/isLiked") == true);
  CHECK(place.at("/data/commentCount") == 1);
  CHECK(place.at("/data/updatedAt") == place.at("/data/createdAt"));
  CHECK(other.send("GET", path, "", {{"Accept-Language", "en"}}).at("/data/content") == "By a member who has left.");
  CHECK(comment_of(other, theirs, replied_to, "content") == "탈퇴한 회원의 글입니다");
  CHECK(comment_of(other, theirs, replied_to, "author") == "탈퇴한 회원");
  CHECK(other.get("/api/v1/feeds").at("/data/feeds").as_array().size() == 2);
  CHECK(world.number("SELECT COUNT(*) FROM posts WHERE content LIKE '%고친%'") == 0);

  // It is nobody's, and otherwise a text like others.
  CHECK(other.send("PATCH", path, R"({"content":"x"})").status == 403);
  CHECK(other.send("DELETE", path).status == 403);
  CHECK(other.send("DELETE", "/api/v1/feedLikes/" + std::to_string(answered)).at("/data/likeCount") == 0);
  CHECK(write_comment(other, answered) > answer);
  CHECK(other.get("/api/v1/users/-1").status >= 400);
  CHECK(other.get("/api/v1/users/0").status >= 400);
  CHECK(other.get("/api/v1/feeds/profile?userId=-1").status == 400);
  CHECK(world.node.users("list", {}, true).find("-1") == std::string::npos);
  CHECK(world.counts_are_right());
}

TEST_CASE("Everything personal goes with a purge, whichever table it is in") {
  World world(ON_EACH_DATABASE());
  const auto user = member_with(world, "kim@example.com");
  auto browser = world.node.signed_in(user);
  REQUIRE(browser.send("POST", "/api/v1/feeds", R"({"content":"글"})", {{"Idempotency-Key", "k"}}).status == 201);
  const auto id = std::to_string(user.value);
  world.execute("INSERT INTO consents (user_id, age14, terms, accepted_at) VALUES (" + id + ", 1, 'x', 1)");
  world.execute("INSERT INTO identities (issuer, subject, user_id, provider, linked_at) VALUES ('x', 'x', " + id +
                ", 'x', 1)");
  world.execute("INSERT INTO passkeys (user_id, hash, credential_id, public_key, counter, created_at) VALUES (" + id +
                ", 'x', 'x', 'x', 0, 1)");
  world.node.sign_in_link(user);
  ask(browser, kDeactivate);
  ask(browser, kClose);
  auto nobody = world.node.browser();
  nobody.post("/api/v1/sign-in/email", R"({"email":"KIM@example.com"})");
  nobody.post("/api/v1/sign-in/email", R"({"email":"lee@example.com"})");
  REQUIRE(world.number("SELECT COUNT(*) FROM outbox") == 4);
  world.execute("UPDATE outbox SET state = 1 WHERE id = (SELECT * FROM (SELECT MIN(id) FROM outbox) first)");
  world.execute("UPDATE outbox SET state = 2 WHERE id = (SELECT * FROM (SELECT MIN(id) + 1 FROM outbox) second)");
  close(world, browser);

  world.clock.advance(15 * kDays);
  CHECK(purge(world) == "removed 1 accounts");
  for (const auto* table : {"account_history", "sessions", "refresh_tokens", "sign_in_links", "leave_links", "closings",
                            "idempotency_keys", "asset_snapshots", "consents", "identities", "passkeys", "posts"}) {
    INFO(table);
    CHECK(world.number(std::string("SELECT COUNT(*) FROM ") + table) == 0);
  }
  CHECK(world.number("SELECT COUNT(*) FROM accounts") == 0);
  CHECK(world.number("SELECT COUNT(*) FROM email_links") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM outbox") == 1);
  CHECK(last_mail(world).to == "lee@example.com");
}

TEST_CASE("Nobody is purged before their day, by an unconfirmed clock, or who came back") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  auto browser = world.node.signed_in(user);
  close(world, browser);

  SECTION("14 days, and the day that was told") {
    world.clock.advance(14 * kDays);
    CHECK(purge(world) == "removed 0 accounts");
    const time::Zone zone("Asia/Seoul");
    const auto midnight = zone.at(zone.day_of(world.clock.now()) + std::chrono::days(1), 0min);
    world.clock.advance(midnight - world.clock.now() - 1ms);
    CHECK(purge(world) == "removed 0 accounts");
    world.clock.advance(1ms);
    CHECK(purge(world) == "removed 1 accounts");
  }
  SECTION("an unconfirmed clock") {
    world.node.trust.confirm(false);
    world.clock.jump(400 * kDays);
    CHECK_FALSE(world.node.scheduler().run_now("account-purge"));
    CHECK(status_of(world, user) == 2);
  }
  SECTION("asked for by a clock that nothing confirmed: it ages from the confirmation") {
    world.clock.advance(1h);
    auto& spans = world.node.trust.spans;
    const auto then = world.clock.now();
    spans = {{1, {then - 2h, then}, then + 10 * kDays}};
    world.clock.advance(15 * kDays);
    CHECK(purge(world) == "removed 0 accounts");
    world.clock.advance(10 * kDays);
    CHECK(purge(world) == "removed 1 accounts");
  }
  SECTION("who came back, and asks again") {
    world.clock.advance(13 * kDays);
    auto back = world.node.signed_in(user);
    world.clock.advance(2 * kDays);
    CHECK(purge(world) == "removed 0 accounts");
    auto again = world.node.signed_in(user);
    close(world, again);
    CHECK(purge(world) == "removed 0 accounts");
    world.clock.advance(15 * kDays);
    CHECK(purge(world) == "removed 1 accounts");
  }
  SECTION("INACTIVE is for as long as one likes") {
    auto back = world.node.signed_in(user);
    back.post(kLeaveNow, R"({"kind":"INACTIVE"})");
    world.clock.advance(400 * kDays);
    CHECK(purge(world) == "removed 0 accounts");
    CHECK(status_of(world, user) == 1);
  }
}

TEST_CASE("Who wrote much goes slice by slice, closed meanwhile, and a purge that was killed goes on") {
  World world(ON_EACH_DATABASE());
  const auto others = world.node.create_user();
  auto other = world.node.signed_in(others);
  const auto theirs = write_post(other);
  const auto user = world.node.create_user();
  auto browser = world.node.signed_in(user);
  const auto first = write_post(browser);
  write_comment(other, first);
  const auto many = std::to_string(core::feed::kRemovedAtOnce + 100);
  const auto numbers =
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + many + ") SELECT ";
  const auto of_user = std::to_string(user.value);
  world.execute("INSERT INTO posts (user_id, author, author_type, content, created_at, updated_at) " + numbers +
                of_user + ", 'x', 1, 'x', i, i FROM n");
  world.execute("INSERT INTO comments (post_id, user_id, author, author_type, content, created_at, updated_at) " +
                numbers + std::to_string(theirs) + ", " + of_user + ", 'x', 1, 'x', i, i FROM n");
  world.execute("UPDATE posts SET comment_count = comment_count + " + many + " WHERE id = " + std::to_string(theirs));
  REQUIRE(world.counts_are_right());
  close(world, browser);
  world.clock.advance(15 * kDays);

  // The first slice, and then the power goes.
  const core::Parts parts;
  const bool gone = world.database.write([&](storage::Connection& connection) {
    core::accounts::lock_account(connection, user);
    return parts.life_cycle.remove_slice(connection, user, world.clock.now());
  });
  REQUIRE_FALSE(gone);
  CHECK(status_of(world, user) == 4);
  CHECK(world.counts_are_right());
  const auto link = world.node.browser().get("/api/sign-in-link?token=x");
  CHECK(link.status == 302);
  auto late = world.node.browser();
  late.post("/api/sign-in-link", "token=x");
  CHECK_FALSE(world.database.write([&](storage::Connection& connection) {
    return parts.life_cycle.set_status(connection, user, core::accounts::AccountStatus::active, "x", world.clock.now());
  }));

  CHECK(purge(world) == "removed 1 accounts");
  CHECK(world.counts_are_right());
  CHECK(world.number("SELECT COUNT(*) FROM posts") == 2);
  CHECK(world.number("SELECT COUNT(*) FROM comments") == 1);
  CHECK(world.number("SELECT comment_count FROM posts WHERE id = " + std::to_string(theirs)) == 0);
  CHECK(world.number("SELECT user_id FROM posts WHERE id = " + std::to_string(first)) == -1);
  CHECK(purge(world) == "removed 0 accounts");
}

TEST_CASE("Nobody signs in to an account that is being removed") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  const auto link = world.node.sign_in_link(user);
  world.execute("UPDATE accounts SET status = 4");
  auto browser = world.node.browser();
  CHECK(browser.post("/api/sign-in-link", link.substr(link.find('?') + 1)).field("location") ==
        "/login?status=link-invalid");
  CHECK(browser.jar.empty());
  CHECK(status_of(world, user) == 4);
}

TEST_CASE("An account that cannot be removed keeps nobody else") {
  World world(ON_EACH_DATABASE());
  std::vector<UserId> users;
  for (int i = 0; i < 3; ++i) {
    users.push_back(world.node.create_user());
    auto browser = world.node.signed_in(users.back());
    close(world, browser);
  }
  const auto kept = std::to_string(users[1].value);
  world.execute(world.database.read([](storage::Connection& c) { return c.dialect(); }) == storage::Dialect::sqlite
                    ? "CREATE TRIGGER keep BEFORE DELETE ON accounts WHEN OLD.id = " + kept +
                          " BEGIN SELECT RAISE(ABORT, 'kept'); END"
                    : "CREATE TRIGGER keep BEFORE DELETE ON accounts FOR EACH ROW IF OLD.id = " + kept +
                          " THEN SIGNAL SQLSTATE '45000'; END IF");
  world.clock.advance(15 * kDays);
  CHECK(purge(world) == "removed 2 accounts, failed 1");
  CHECK(status_of(world, users[1]) == 2);
  CHECK(world.number("SELECT COUNT(*) FROM accounts") == 1);
  world.execute("DROP TRIGGER keep");
  CHECK(purge(world) == "removed 1 accounts");
}
