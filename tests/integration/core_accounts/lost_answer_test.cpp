#include "support/core/cut_node.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using Cut = MariadbProxy::Cut;

namespace {

Answer write(Browser& browser, const std::string& key) {
  return browser.send("POST", "/api/v1/feeds", R"({"content":"글"})", {{"Idempotency-Key", key}});
}

}  // namespace

TEST_CASE("A 503 whose write may be there: the same key again writes it once and answers as the first would have") {
  const auto where = GENERATE(Cut::before_commit, Cut::after_commit);
  CutNode it;
  auto guest = it.node.guest();
  it.proxy.cut(where);
  const auto lost = write(guest, "key");
  CHECK(lost.status == 503);
  CHECK(lost.at("/resultCode") == "F-503");
  CHECK_FALSE(lost.field("retry-after").empty());
  CHECK(it.rows("posts") == (where == Cut::after_commit ? 1 : 0));

  const auto again = write(guest, "key");
  CHECK(again.status == 201);
  CHECK(it.rows("posts") == 1);
  CHECK(write(guest, "key").body == again.body);
  CHECK(it.rows("posts") == 1);
  // Another key is another wish: only who keeps the key is safe.
  CHECK(write(guest, "other").status == 201);
  CHECK(it.rows("posts") == 2);
}

TEST_CASE("A renewal whose answer was lost is tried again with the same token") {
  const auto where = GENERATE(Cut::before_commit, Cut::after_commit);
  CutNode it;
  auto guest = it.node.guest();
  it.proxy.cut(where);
  CHECK(guest.post("/api/token").status == 503);
  CHECK(guest.jar.contains("refresh_token"));  // a 503 signs nobody out
  CHECK(guest.post("/api/token").status == 200);
  CHECK(guest.get("/api/v1/users/me").status == 200);
  CHECK(guest.post("/api/token").status == 200);
  CHECK(it.rows("sessions WHERE ended_at IS NULL") == 1);
}

TEST_CASE("A like whose answer was lost is given again, and counts once") {
  CutNode it;
  auto guest = it.node.guest();
  const auto like = "/api/v1/feedLikes/" + std::to_string(write(guest, "key").number("/data/feedId"));
  it.proxy.cut(Cut::after_commit);
  CHECK(guest.send("PUT", like).status == 503);
  CHECK(guest.send("PUT", like).status < 300);
  CHECK(it.rows("post_likes") == 1);
  CHECK(it.rows("posts WHERE like_count = 1") == 1);
  it.proxy.cut(Cut::after_commit);
  CHECK(guest.send("DELETE", like).status == 503);
  CHECK(guest.send("DELETE", like).status < 300);
  CHECK(it.rows("posts WHERE like_count = 0") == 1);
}

TEST_CASE("A key belongs to its path as well as to its body") {
  World world(ON_EACH_DATABASE());
  auto guest = world.node.guest();
  const auto post = write(guest, "key").number("/data/feedId");
  const auto comment = [&](const std::string& key) {
    return guest.send("POST", "/api/v1/comments", R"({"feedId":)" + std::to_string(post) + R"(,"content":"댓글"})",
                      {{"Idempotency-Key", key}});
  };
  CHECK(comment("key").status == 409);
  CHECK(world.number("SELECT COUNT(*) FROM comments") == 0);
  const auto first = comment("comment");
  CHECK(first.status == 201);
  CHECK(comment("comment").body == first.body);
  CHECK(world.number("SELECT COUNT(*) FROM comments") == 1);
  CHECK(world.number("SELECT comment_count FROM posts") == 1);
  // What was asked with the key is still known.
  CHECK(write(guest, "key").number("/data/feedId") == post);
}
