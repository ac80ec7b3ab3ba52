#include "integration/core_relations/relations_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

TEST_CASE("A post is put away by its author alone, and brought back") {
  World world(ON_EACH_DATABASE());
  Circle circle(world);
  const auto first = write_post(circle.ann);
  const auto second = write_post(circle.ann);
  CHECK(circle.put(circle.bob, "feeds/" + first + "/archived") == 403);
  for (const auto& post : {first, second, first}) CHECK(circle.put(circle.ann, "feeds/" + post + "/archived") == 204);
  CHECK(circle.put(circle.bob, "feeds/" + first + "/archived") == 404);
  CHECK(circle.feed(circle.ann).empty());
  CHECK(post_of(circle.bob, first).status == 404);
  CHECK(post_of(circle.ann, first).at("/data/withheld/0") == "ARCHIVED");
  world.execute("UPDATE posts SET hidden = hidden + 2 WHERE id = " + first);  // a moderator's look
  const auto page = [&](const std::string& query) {
    return posts_in(circle.ann.get("/api/v1/feeds/archived" + query));
  };
  CHECK(page("") == std::vector<std::int64_t>{std::stoll(second), std::stoll(first)});
  CHECK(page("?size=1") == std::vector<std::int64_t>{std::stoll(second)});
  CHECK(page("?size=1&lastFeedId=" + second) == std::vector<std::int64_t>{std::stoll(first)});
  CHECK(posts_in(circle.bob.get("/api/v1/feeds/archived")).empty());
  for (int i = 0; i < 2; ++i) CHECK(circle.take(circle.ann, "feeds/" + second + "/archived") == 204);
  CHECK(circle.feed(circle.bob) == std::vector<std::int64_t>{std::stoll(second)});
  CHECK(circle.put(circle.ann, "feeds/4711/archived") == 404);
  CHECK(circle.take(circle.ann, "feeds/4711/archived") == 404);
}

TEST_CASE("What is saved is listed as it was saved, while it is seen") {
  World world(ON_EACH_DATABASE());
  Circle circle(world);
  const auto first = write_post(circle.bob);
  const auto second = write_post(circle.third);
  for (const auto& post : {second, first, second}) CHECK(circle.put(circle.ann, "feeds/" + post + "/saved") == 204);
  const auto page = circle.ann.get("/api/v1/feeds/saved?size=1");
  CHECK(posts_in(page) == std::vector<std::int64_t>{std::stoll(first)});
  CHECK(posts_in(circle.ann.get("/api/v1/feeds/saved?lastSavedId=" +
                                std::to_string(numbers_at(page.body, "/data/feeds", "savedId").front()))) ==
        std::vector<std::int64_t>{std::stoll(second)});
  CHECK(circle.put(circle.bob, "blocks/" + circle.of(circle.ann_id)) == 204);
  CHECK(posts_in(circle.ann.get("/api/v1/feeds/saved")) == std::vector<std::int64_t>{std::stoll(second)});
  CHECK(circle.third.send("DELETE", "/api/v1/feeds/" + second).status == 200);
  CHECK(posts_in(circle.ann.get("/api/v1/feeds/saved")).empty());
  CHECK(circle.put(circle.ann, "feeds/" + second + "/saved") == 404);
  for (const auto& post : {first, second}) {
    CHECK(circle.take(circle.ann, "feeds/" + post + "/saved") == 204);
    CHECK(circle.take(circle.ann, "feeds/" + post + "/saved") == 404);
  }
  CHECK(circle.take(circle.ann, "feeds/4711/hidden") == 404);
  CHECK(world.number("SELECT COUNT(*) FROM saved_posts") == 0);
}

TEST_CASE("One's likes and comments are listed to oneself, also what others do not see") {
  World world(ON_EACH_DATABASE());
  Circle circle(world);
  const auto first = write_post(circle.bob);
  const auto second = write_post(circle.third);
  for (const auto& post : {second, first}) CHECK(circle.put(circle.ann, "feedLikes/" + post) == 200);
  CHECK(posts_in(circle.ann.get("/api/v1/feeds/liked")) ==
        std::vector<std::int64_t>{std::stoll(second), std::stoll(first)});
  CHECK(posts_in(circle.ann.get("/api/v1/feeds/liked?lastFeedId=" + second)).size() == 1);
  CHECK(posts_in(circle.bob.get("/api/v1/feeds/liked")).empty());
  const auto older = write_comment(circle.ann, first);
  const auto newer = write_comment(circle.ann, second);
  write_comment(circle.bob, second);
  CHECK(circle.bob.send("DELETE", "/api/v1/feeds/" + first).status == 200);
  CHECK(posts_in(circle.ann.get("/api/v1/feeds/liked")).size() == 1);
  CHECK(comments_in(circle.ann.get("/api/v1/comments/mine")) ==
        std::vector<std::int64_t>{std::stoll(newer), std::stoll(older)});
  CHECK(comments_in(circle.ann.get("/api/v1/comments/mine?lastCommentId=" + newer)).size() == 1);
  CHECK(circle.ann.send("DELETE", "/api/v1/comments/" + older).status == 200);
  CHECK(comments_in(circle.ann.get("/api/v1/comments/mine")).size() == 1);
  for (const auto* list : {"feeds/archived", "feeds/saved", "feeds/liked", "comments/mine", "blocks", "mutes"}) {
    CHECK(circle.ann.get(std::string("/api/v1/") + list + "?size=0").status == 400);
  }
}

TEST_CASE("What is not interesting leaves the feed alone, and the oldest of it is forgotten") {
  World world(storage::Dialect::sqlite);
  Circle circle(world);
  const auto post = write_post(circle.bob);
  for (int i = 0; i < 2; ++i) CHECK(circle.put(circle.ann, "feeds/" + post + "/hidden") == 204);
  CHECK(circle.feed(circle.ann).empty());
  CHECK(circle.feed(circle.third).size() == 1);
  CHECK(post_of(circle.ann, post).status == 200);
  CHECK(posts_in(circle.ann.get("/api/v1/feeds/profile?userId=" + circle.of(circle.bob_id))).size() == 1);
  CHECK(circle.take(circle.ann, "feeds/" + post + "/hidden") == 204);
  CHECK(circle.feed(circle.ann).size() == 1);
  CHECK(circle.put(circle.ann, "feeds/4711/hidden") == 404);
}
