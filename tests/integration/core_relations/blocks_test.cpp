#include "integration/core_relations/relations_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

TEST_CASE("Of a blocked pair, neither sees a thing of the other, whichever of them blocks") {
  World world(ON_EACH_DATABASE());
  Circle circle(world);
  auto& ann = circle.ann;
  auto& bob = circle.bob;
  auto& third = circle.third;
  const auto of_ann = write_post(ann);
  const auto of_third = write_post(third);
  const auto comment_of_ann = write_comment(ann, of_third);
  const auto reply_of_third = write_comment(third, of_third, "답글", comment_of_ann);
  const auto comment_of_bob = write_comment(bob, of_ann);
  REQUIRE(circle.put(bob, "feedLikes/" + of_ann) == 200);
  const auto gone = write_post(ann);
  const auto gone_comment = write_comment(ann, of_third);
  REQUIRE(ann.send("DELETE", "/api/v1/feeds/" + gone).status == 200);
  REQUIRE(ann.send("DELETE", "/api/v1/comments/" + gone_comment).status == 200);
  REQUIRE(circle.told(ann) > 0);
  const auto ann_id = circle.of(circle.ann_id);
  const auto bob_id = circle.of(circle.bob_id);

  const bool by_ann = GENERATE(true, false);
  CAPTURE(by_ann);
  REQUIRE((by_ann ? circle.put(ann, "blocks/" + bob_id) : circle.put(bob, "blocks/" + ann_id)) == 204);

  CHECK(circle.feed(bob) == std::vector<std::int64_t>{std::stoll(of_third)});
  CHECK(comments_in(bob.get("/api/v1/comments/" + of_third)).empty());  // a reply goes with what it answers
  CHECK(comments_in(bob.get("/api/v1/comments/" + of_third + "?view=threads")).empty());
  CHECK(comments_in(third.get("/api/v1/comments/" + of_third)).size() == 2);
  CHECK(post_of(bob, of_third).number("/data/commentCount") == 2);  // counts are not changed
  CHECK(post_of(third, of_ann).number("/data/likeCount") == 1);

  const auto same = [&](std::string_view method, const std::string& path, const std::string& with,
                        const std::string& of_gone, const std::string& body = "", const std::string& other = "") {
    INFO(method << ' ' << path << with);
    const auto answer = bob.send(method, "/api/v1/" + path + with, body);
    const auto nothing = bob.send(method, "/api/v1/" + path + of_gone, other);
    CHECK(answer.status == nothing.status);
    CHECK(answer.body == nothing.body);
    CHECK(answer.status >= 400);
  };
  for (const auto* method : {"GET", "PUT", "DELETE"}) {
    same(method, "feedLikes/", of_ann, gone);
    same(method, "commentLikes/", comment_of_ann, gone_comment);
  }
  same("GET", "feeds/", of_ann, gone);
  same("PATCH", "feeds/", of_ann, gone, text_body("x"), text_body("x"));
  same("DELETE", "feeds/", of_ann, gone);
  same("GET", "comments/", of_ann, gone);
  same("GET", "comments/" + of_third + "?parentCommentId=", comment_of_ann, gone_comment);
  same("PATCH", "comments/", comment_of_ann, gone_comment, text_body("x"), text_body("x"));
  same("DELETE", "comments/", comment_of_ann, gone_comment);
  same("POST", "comments", "", "", comment_body(of_ann, "x"), comment_body(gone, "x"));
  same("POST", "comments", "", "", comment_body(of_third, "x", comment_of_ann),
       comment_body(of_third, "x", gone_comment));
  for (const auto* list : {"/saved", "/hidden", "/archived"}) same("PUT", "feeds/", of_ann + list, gone + list);
  const std::string nobody = "4711";
  same("GET", "users/", ann_id, nobody);
  same("GET", "users/", ann_id + "/asset-histories?from=2026-01-01&to=2026-12-31",
       nobody + "/asset-histories?from=2026-01-01&to=2026-12-31");
  same("GET", "feeds/profile?userId=", ann_id, nobody);
  same("PUT", "mutes/", by_ann ? ann_id : nobody, nobody);
  same("PUT", "blocks/", by_ann ? ann_id : nobody, nobody);
  same("DELETE", "mutes/", ann_id, nobody);
  same("DELETE", "blocks/", by_ann ? ann_id : nobody, nobody);

  CHECK(circle.told(ann) == 1);  // of the reply by somebody else; not of the like and the comment
  CHECK(comments_in(bob.get("/api/v1/comments/mine")) == std::vector<std::int64_t>{std::stoll(comment_of_bob)});
  CHECK(posts_in(bob.get("/api/v1/feeds/liked")).empty());
  const auto told = circle.told(third);
  CHECK(circle.put(bob, "feedLikes/" + of_third) == 200);
  CHECK(circle.told(third) == told + 1);

  CHECK((by_ann ? circle.take(ann, "blocks/" + bob_id) : circle.take(bob, "blocks/" + ann_id)) == 204);
  CHECK(post_of(bob, of_ann).status == 200);
  CHECK(bob.get("/api/v1/users/" + ann_id).status == 200);
  CHECK(comments_in(bob.get("/api/v1/comments/" + of_third)).size() == 2);
  CHECK(circle.feed(bob).size() == 2);
  CHECK(world.counts_are_right());
}

TEST_CASE(
    "What is done below a common post is not told across a block, and one's own block says nothing of the other's") {
  World world(ON_EACH_DATABASE());
  Circle circle(world);
  auto& ann = circle.ann;
  auto& bob = circle.bob;
  auto& third = circle.third;
  const auto bob_id = circle.of(circle.bob_id);
  const auto ann_id = circle.of(circle.ann_id);
  const auto post = write_post(third);
  write_comment(ann, post);
  REQUIRE(circle.put(ann, "blocks/" + bob_id) == 204);
  write_comment(bob, post);
  CHECK(circle.told(ann) == 0);
  REQUIRE(circle.put(ann, "blocks/" + bob_id) == 204);  // again
  CHECK(numbers_at(ann.get("/api/v1/blocks").body, "/data/blocks", "userId") ==
        std::vector<std::int64_t>{circle.bob_id.value});
  CHECK_THAT(ann.get("/api/v1/blocks").body, Catch::Contains("userName\":\"1000만"));
  CHECK(numbers_at(bob.get("/api/v1/blocks").body, "/data/blocks", "userId").empty());
  CHECK(circle.take(bob, "blocks/" + ann_id) == 404);  // which is not his to lift
  CHECK(bob.get("/api/v1/users/" + ann_id).status == 404);

  CHECK(circle.put(ann, "blocks/" + ann_id) == 400);
  CHECK(circle.put(ann, "mutes/" + ann_id) == 400);
  CHECK(circle.put(ann, "blocks/4711") == 404);
  CHECK(circle.put(ann, "mutes/4711") == 404);
  CHECK(circle.take(ann, "blocks/4711") == 404);
  CHECK(circle.take(ann, "mutes/" + bob_id) == 404);
  CHECK(circle.take(ann, "blocks/" + circle.of(circle.third_id)) == 204);
  for (const auto* bad : {"0", "-1", "x", "99999999999999999999"}) {
    CHECK(circle.put(ann, std::string("blocks/") + bad) == 400);
    CHECK(circle.take(ann, std::string("mutes/") + bad) == 400);
  }
  auto nobody = world.node.browser();
  CHECK(nobody.send("PUT", "/api/v1/blocks/" + bob_id).status == 401);
  auto guest = world.node.guest();
  CHECK(circle.put(guest, "blocks/" + bob_id) == 204);
}

TEST_CASE("A mute is one-sided: out of the lists and untold, but a link opens") {
  World world(ON_EACH_DATABASE());
  Circle circle(world);
  auto& ann = circle.ann;
  auto& bob = circle.bob;
  const auto of_bob = write_post(bob);
  const auto of_ann = write_post(ann);
  const auto comment = write_comment(bob, of_ann);
  REQUIRE(circle.told(ann) == 1);
  REQUIRE(circle.put(ann, "mutes/" + circle.of(circle.bob_id)) == 204);
  CHECK(circle.told(ann) == 0);
  CHECK(circle.feed(ann) == std::vector<std::int64_t>{std::stoll(of_ann)});
  CHECK(circle.feed(bob).size() == 2);
  CHECK(comments_in(ann.get("/api/v1/comments/" + of_ann)).empty());
  CHECK(post_of(ann, of_bob).status == 200);
  CHECK(posts_in(ann.get("/api/v1/feeds/profile?userId=" + circle.of(circle.bob_id))).size() == 1);
  CHECK(circle.put(bob, "feedLikes/" + of_ann) == 200);
  CHECK(circle.told(ann) == 0);
  CHECK(circle.put(ann, "commentLikes/" + comment) == 200);
  CHECK(circle.told(bob) == 1);
  CHECK(circle.take(ann, "mutes/" + circle.of(circle.bob_id)) == 204);
  CHECK(circle.feed(ann).size() == 2);

  SECTION("whom one mutes and is blocked by has no name in the list, as one who is hidden") {
    REQUIRE(circle.put(ann, "mutes/" + circle.of(circle.bob_id)) == 204);
    REQUIRE(circle.put(bob, "blocks/" + circle.of(circle.ann_id)) == 204);
    CHECK_THAT(ann.get("/api/v1/mutes").body, Catch::Contains("\"userName\":null"));
  }
}

TEST_CASE("What several people did is told on without the one who is blocked") {
  World world(ON_EACH_DATABASE());
  Circle circle(world);
  const auto post = write_post(circle.ann);
  const bool read = GENERATE(false, true);
  circle.put(circle.third, "feedLikes/" + post);
  circle.put(circle.bob, "feedLikes/" + post);
  write_comment(circle.third, post);
  write_comment(circle.bob, post);
  if (read) circle.ann.post("/api/v1/notifications/read", R"({"upTo":1000})");
  REQUIRE(circle.told(circle.ann) == 2);
  REQUIRE(circle.put(circle.ann, "blocks/" + circle.of(circle.bob_id)) == 204);
  const auto page = circle.ann.get("/api/v1/notifications");
  CHECK(numbers_at(page.body, "/data/notifications", "count") == std::vector<std::int64_t>{1, 1});
}

TEST_CASE("A list has 1000 at most, and says so") {
  World world(storage::Dialect::sqlite);
  Circle circle(world);
  world.execute(
      "INSERT INTO accounts (role, status, amount, multiplier, amount_day, created_at, last_seen_at) WITH "
      "RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT 1, 0, 1, 1, 1, 1, 1 "
      "FROM n");
  world.execute("INSERT INTO relations (user_id, other_id, kind, created_at) SELECT " + circle.of(circle.ann_id) +
                ", id, 1, 1 FROM accounts WHERE id > " + circle.of(circle.third_id));
  REQUIRE(world.number("SELECT COUNT(*) FROM relations") >= 1000);
  CHECK(circle.put(circle.ann, "blocks/" + circle.of(circle.bob_id)) == 400);
  CHECK(circle.put(circle.ann, "mutes/" + circle.of(circle.bob_id)) == 204);
  CHECK(numbers_at(circle.ann.get("/api/v1/blocks?size=50").body, "/data/blocks", "userId").size() == 50);
}

TEST_CASE("A guest's relations become the member's, and go with an account from both sides") {
  World world(ON_EACH_DATABASE());
  Circle circle(world);
  auto guest = world.node.guest();
  const UserId guest_id{guest.get("/api/v1/users/me").number("/data/userId")};
  const auto post = write_post(circle.third);
  for (const auto other : {circle.bob_id, circle.ann_id})
    REQUIRE(circle.put(guest, "blocks/" + circle.of(other)) == 204);
  REQUIRE(circle.put(circle.ann, "blocks/" + circle.of(circle.bob_id)) == 204);
  REQUIRE(circle.put(circle.third, "mutes/" + circle.of(guest_id)) == 204);
  REQUIRE(guest.send("PUT", "/api/v1/hidden-words", R"({"words":["코인"]})").status == 204);
  REQUIRE(circle.put(guest, "feeds/" + post + "/saved") == 204);
  REQUIRE(circle.put(guest, "feeds/" + post + "/hidden") == 204);
  SECTION("merged") {
    world.database.write([&](storage::Connection& c) { circle.parts.life_cycle.merge(c, guest_id, circle.ann_id); });
    CHECK(numbers_at(circle.ann.get("/api/v1/blocks").body, "/data/blocks", "userId") ==
          std::vector<std::int64_t>{circle.bob_id.value});
    CHECK(world.number("SELECT COUNT(*) FROM relations") == 3);  // the block from both sides, and the mute
    CHECK_THAT(circle.ann.get("/api/v1/hidden-words").body, Catch::Contains("코인"));
    CHECK(posts_in(circle.ann.get("/api/v1/feeds/saved")).size() == 1);
    CHECK(circle.feed(circle.ann).empty());
  }
  SECTION("removed") {
    world.database.write([&](storage::Connection& c) { circle.parts.life_cycle.remove(c, guest_id); });
    CHECK(world.number("SELECT COUNT(*) FROM relations") == 2);
    CHECK(world.number("SELECT COUNT(*) FROM hidden_words") == 0);
    CHECK(world.number("SELECT COUNT(*) FROM saved_posts") == 0);
    CHECK(world.number("SELECT COUNT(*) FROM hidden_posts") == 0);
  }
}
