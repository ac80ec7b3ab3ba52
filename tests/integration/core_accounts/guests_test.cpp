#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

std::string purge(World& world) { return world.node.scheduler().run_now("guest-purge").value(); }

std::int64_t write_post(Browser& browser) {
  return browser.post("/api/v1/feeds", R"({"content":"글"})").number("/data/feedId");
}

std::int64_t write_comment(Browser& browser, std::int64_t post, std::int64_t parent = 0) {
  const auto reply = parent == 0 ? "" : R"(,"parentCommentId":)" + std::to_string(parent);
  return browser.post("/api/v1/comments", R"({"feedId":)" + std::to_string(post) + reply + R"(,"content":"댓글"})")
      .number("/data/commentId");
}

void like_post(Browser& browser, std::int64_t post) {
  REQUIRE(browser.send("PUT", "/api/v1/feedLikes/" + std::to_string(post)).status < 300);
}
void like_comment(Browser& browser, std::int64_t comment) {
  REQUIRE(browser.send("PUT", "/api/v1/commentLikes/" + std::to_string(comment)).status < 300);
}

}  // namespace

TEST_CASE("An address makes a limited number of guests") {
  World world(ON_EACH_DATABASE(), {{"guests-per-hour", "3"}});
  for (int i = 0; i < 3; ++i) world.node.guest();
  const auto refused = world.node.browser().post("/api/guest");
  CHECK(refused.status == 429);
  CHECK(refused.at("/resultCode") == "F-429");
  CHECK(refused.field("retry-after") == "1200");
  CHECK(refused.field("set-cookie").empty());
  CHECK(world.number("SELECT COUNT(*) FROM accounts") == 3);
  CHECK(world.node.browser("127.0.0.2").post("/api/guest").status == 200);
  world.clock.advance(20min);
  CHECK(world.node.browser().post("/api/guest").status == 200);
}

TEST_CASE("The purge removes idle guests: the silent after a day, writers after 14, members never") {
  World world(ON_EACH_DATABASE());
  world.node.create_user();
  auto silent = world.node.guest();
  auto writer = world.node.guest();
  const auto post = write_post(writer);
  world.clock.advance(24h - 1ms);
  CHECK(purge(world) == "removed 0 guests and 0 expired rows");
  auto returning = world.node.guest();
  world.clock.advance(1ms);
  purge(world);
  CHECK(world.number("SELECT COUNT(*) FROM accounts WHERE role = 0") == 2);
  CHECK(silent.post("/api/token").status == 401);
  CHECK(returning.get("/api/v1/users/me").status == 200);

  world.clock.advance(13 * 24h - 1ms);
  returning.post("/api/token");
  purge(world);
  CHECK(world.number("SELECT COUNT(*) FROM posts WHERE id = " + std::to_string(post)) == 1);
  world.clock.advance(1ms);
  purge(world);
  CHECK(world.number("SELECT COUNT(*) FROM posts") == 0);
  CHECK(world.number("SELECT COUNT(*) FROM accounts WHERE role = 0") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM accounts WHERE role = 1") == 1);
}

TEST_CASE("What others have keeps its counts when a guest is purged") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  auto member = world.node.signed_in(user);
  auto guest = world.node.guest();
  const auto theirs = write_post(member);
  const auto their_comment = write_comment(member, theirs);
  like_post(guest, theirs);
  like_post(member, theirs);
  like_comment(guest, their_comment);
  write_comment(guest, theirs, their_comment);
  const auto guests_comment = write_comment(guest, theirs);
  write_comment(member, theirs, guests_comment);
  write_comment(guest, theirs, guests_comment);
  const auto taken_back = write_comment(guest, theirs);
  write_comment(member, theirs, taken_back);
  REQUIRE(guest.send("DELETE", "/api/v1/comments/" + std::to_string(taken_back)).status == 200);
  const auto own = write_post(guest);
  like_post(member, own);
  const auto below_own = write_comment(member, own);
  like_comment(guest, below_own);
  REQUIRE(world.counts_are_right());
  REQUIRE(world.number("SELECT comment_count FROM posts WHERE id = " + std::to_string(theirs)) == 5);

  world.clock.advance(14 * 24h + 1ms);
  CHECK(purge(world).starts_with("removed 1 guests"));
  CHECK(world.counts_are_right());
  // What the member answered keeps its place, without its words.
  const auto of = [&](const std::string& table) {
    return world.number("SELECT COUNT(*) FROM " + table + " WHERE user_id = -1 AND content = '' AND author = ''");
  };
  CHECK(of("posts") == 1);
  CHECK(of("comments") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM posts") == 2);
  CHECK(world.number("SELECT COUNT(*) FROM comments") == 4);
  CHECK(world.number("SELECT comment_count FROM posts WHERE id = " + std::to_string(theirs)) == 3);
  CHECK(world.number("SELECT like_count FROM posts WHERE id = " + std::to_string(theirs)) == 1);
  CHECK(world.number("SELECT COUNT(*) FROM accounts WHERE id > 0") == 1);
}

TEST_CASE("The purge goes through more than one slice") {
  World world(ON_EACH_DATABASE(), {{"guests-per-hour", "1000"}});
  auto writer = world.node.guest();
  write_post(writer);
  for (int i = 0; i < 120; ++i) world.node.browser().post("/api/guest");
  world.clock.advance(2 * 24h);
  CHECK(purge(world) == "removed 120 guests and 0 expired rows");
  CHECK(world.number("SELECT COUNT(*) FROM accounts") == 1);
}

TEST_CASE("The purge removes what has expired") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  auto member = world.node.signed_in(user);
  world.node.sign_in_link(user);
  REQUIRE(member.send("POST", "/api/v1/feeds", R"({"content":"글"})", {{"Idempotency-Key", "k"}}).status == 201);
  world.clock.advance(24h - 1ms);
  member.post("/api/token");
  CHECK(purge(world) == "removed 0 guests and 2 expired rows");  // the links
  CHECK(world.number("SELECT COUNT(*) FROM idempotency_keys") == 1);
  world.clock.advance(13 * 24h + 1ms);
  CHECK(purge(world) == "removed 0 guests and 2 expired rows");  // the first refresh token and the key
  CHECK(member.post("/api/token").status == 200);
  world.clock.advance(14 * 24h + 1ms);
  purge(world);
  CHECK(world.number("SELECT COUNT(*) FROM sessions") == 0);
  CHECK(world.number("SELECT COUNT(*) FROM refresh_tokens") == 0);
  CHECK(world.number("SELECT COUNT(*) FROM accounts") == 1);
}

TEST_CASE("What was written by a clock that nothing confirmed ages from its confirmation") {
  World world(ON_EACH_DATABASE());
  auto silent = world.node.guest();
  auto writer = world.node.guest();
  write_post(writer);
  REQUIRE(writer.send("POST", "/api/v1/feeds", R"({"content":"글"})", {{"Idempotency-Key", "k"}}).status == 201);
  const auto then = world.clock.now();
  world.clock.advance(2h);
  auto after = world.node.guest();  // the same day, by a clock that is confirmed
  const auto all = [&] {
    std::int64_t rows = 0;
    for (const auto* table : {"accounts", "posts", "sessions", "refresh_tokens", "idempotency_keys"}) {
      rows += world.number(std::string("SELECT COUNT(*) FROM ") + table);
    }
    return rows;
  };
  const auto before = all();
  auto& spans = world.node.trust.spans;
  spans = {{1, {then - 1h, then + 1h}, std::nullopt}};
  world.clock.advance(30 * 24h);
  CHECK(purge(world) == "removed 1 guests and 0 expired rows");  // `after`, whose session went with it
  const auto kept = all();
  CHECK(kept == before - 3);
  spans.front().confirmed_at = world.clock.now();
  world.clock.advance(24h - 1ms);
  CHECK(purge(world) == "removed 0 guests and 0 expired rows");
  CHECK(writer.post("/api/token").status == 200);
  world.clock.advance(1ms);
  CHECK(purge(world) == "removed 1 guests and 1 expired rows");  // the silent one; the key
  CHECK(silent.post("/api/token").status == 401);
  world.clock.advance(13 * 24h);
  CHECK(purge(world).starts_with("removed 0 guests"));  // it was renewed
  CHECK(writer.post("/api/token").status == 200);
}

TEST_CASE("A clock that is not confirmed ends no session by its age, and nothing is purged") {
  World world(ON_EACH_DATABASE());
  auto guest = world.node.guest();
  write_post(guest);
  world.node.trust.confirm(false);
  world.clock.jump(400 * 24h);
  CHECK(guest.get("/api/v1/users/me").status == 401);  // the access token's two hours
  CHECK(guest.post("/api/token").status == 200);
  CHECK(guest.get("/api/v1/users/me").status == 200);
  const auto refused = world.node.scheduler().run_now("guest-purge");
  REQUIRE_FALSE(refused);
  CHECK(refused.failure().kind == FailureKind::unavailable);
  world.clock.jump(-400 * 24h);
  guest.post("/api/token");
  CHECK(guest.get("/api/v1/users/me").status == 200);
}

TEST_CASE("A sign-in link of a clock that ran ahead is not good for as long") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  world.clock.jump(24h);
  const auto link = world.node.sign_in_link(user);
  CHECK(world.node.browser().get(link).status == 200);
  world.clock.jump(-24h);
  CHECK(world.node.browser().get(link).field("location") == "/login?status=link-invalid");
  CHECK(world.node.browser().get(world.node.sign_in_link(user)).status == 200);
}
