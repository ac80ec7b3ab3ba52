#include "integration/core_relations/relations_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

/// 6 400 rows, for a SELECT that asks nothing of them.
std::string many_rows() {
  const std::string eighty =
      "(WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 80) SELECT i FROM n) ";
  return eighty + "a CROSS JOIN " + eighty + "b";
}

}  // namespace

TEST_CASE("Pages are full and without gap or repetition, whatever of the rows is not for the reader") {
  World world(ON_EACH_DATABASE());
  Circle circle(world);
  std::vector<std::int64_t> expected;
  for (int i = 0; i < 40; ++i) {
    switch (i % 4) {
      case 0:
        write_post(circle.bob);
        break;
      case 1:
        write_post(circle.third, "오늘도 COIN, 가즈아");
        break;
      case 2:
        write_post(circle.third);
        break;
      default:
        expected.insert(expected.begin(), std::stoll(write_post(i % 8 == 3 ? circle.ann : circle.third, "글")));
    }
  }
  for (const auto id : circle.feed(circle.ann)) {
    if (id % 4 == std::stoll(std::to_string(expected.back())) % 4) continue;
    if (post_of(circle.ann, std::to_string(id)).at("/data/content") == "글" &&
        post_of(circle.ann, std::to_string(id)).number("/data/userId") == circle.third_id.value) {
      REQUIRE(circle.put(circle.ann, "feeds/" + std::to_string(id) + "/hidden") == 204);
    }
  }
  REQUIRE(circle.put(circle.ann, "blocks/" + circle.of(circle.bob_id)) == 204);
  REQUIRE(circle.ann.send("PUT", "/api/v1/hidden-words", R"({"words":["coin"]})").status == 204);
  const auto size = GENERATE(1, 3, 10, 50);
  std::vector<std::int64_t> seen;
  std::int64_t last = 0;
  for (;;) {
    const auto page =
        posts_in(circle.ann.get("/api/v1/feeds?size=" + std::to_string(size) + "&lastFeedId=" + std::to_string(last)));
    if (page.empty()) break;
    if (static_cast<int>(page.size()) < size) CHECK(page.back() == expected.back());
    seen.insert(seen.end(), page.begin(), page.end());
    last = page.back();
  }
  CHECK(seen == expected);
}

TEST_CASE(
    "Words hide posts and comments of others in lists, in any case and inside of words, but no link and not one's "
    "own") {
  World world(ON_EACH_DATABASE());
  Circle circle(world);
  const auto post = write_post(circle.bob, "사과나무를 심었다");
  const auto own = write_post(circle.ann, "나무");
  const auto comment = write_comment(circle.bob, own, "STRASSE 47");
  write_comment(circle.bob, own, "길");
  const auto set = [&](const std::string& words) {
    return circle.ann.send("PUT", "/api/v1/hidden-words", R"({"words":[)" + words + "]}").status;
  };
  CHECK(set(R"("나무", "straße", "나무")") == 204);
  CHECK_THAT(circle.ann.get("/api/v1/hidden-words").body, Catch::Contains(R"("words":["나무","straße"])"));
  CHECK(circle.feed(circle.ann) == std::vector<std::int64_t>{std::stoll(own)});
  CHECK(posts_in(circle.ann.get("/api/v1/feeds/profile?userId=" + circle.of(circle.bob_id))).empty());
  CHECK(post_of(circle.ann, post).status == 200);
  CHECK(comments_in(circle.ann.get("/api/v1/comments/" + own)).size() == 1);
  CHECK(circle.put(circle.ann, "commentLikes/" + comment) == 200);
  CHECK(circle.feed(circle.bob).size() == 2);
  CHECK(set("") == 204);
  CHECK(circle.feed(circle.ann).size() == 2);

  std::string many;
  for (int i = 0; i < 100; ++i) many += (i == 0 ? "\"w" : ",\"w") + std::to_string(i) + '"';
  CHECK(set(many) == 204);
  CHECK(set(many + R"(,"one more")") == 400);
  CHECK(set('"' + std::string(50, 'x') + '"') == 204);
  CHECK(set('"' + std::string(51, 'x') + '"') == 400);
  for (const auto* bad : {R"("")", R"(" ")", R"("...")", R"("\n")", "1", "null", R"("\ud800")"}) {
    INFO(bad);
    CHECK(set(bad) == 400);
  }
  for (const auto* bad : {"", "{}", "[]", R"({"words":"x"})"}) {
    CHECK(circle.ann.send("PUT", "/api/v1/hidden-words", bad).status == 400);
  }
  CHECK_THAT(circle.ann.get("/api/v1/hidden-words").body, Catch::Contains(std::string(50, 'x')));
}

TEST_CASE("A page looks at so many rows, and says where it ended") {
  World world(storage::Dialect::sqlite);
  Circle circle(world);
  const auto oldest = write_post(circle.third);
  world.execute(
      "INSERT INTO posts (user_id, author, author_type, content, created_at, updated_at) WITH RECURSIVE n (i) "
      "AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000) SELECT " +
      circle.of(circle.bob_id) + ", 'x', 1, 'x', 1, 1 FROM n");
  REQUIRE(circle.put(circle.ann, "mutes/" + circle.of(circle.bob_id)) == 204);
  const auto first = circle.ann.get("/api/v1/feeds");
  CHECK(posts_in(first).empty());
  const auto next = first.number("/data/nextLastFeedId");
  CHECK(next > std::stoll(oldest));
  const auto second = circle.ann.get("/api/v1/feeds?lastFeedId=" + std::to_string(next));
  CHECK(posts_in(second) == std::vector<std::int64_t>{std::stoll(oldest)});
  CHECK_THAT(second.body, !Catch::Contains("nextLastFeedId"));
}

TEST_CASE("What one likes is read past what one sees no more, so many rows a page") {
  World world(ON_EACH_DATABASE());
  Circle circle(world);
  const auto oldest = write_post(circle.third);
  REQUIRE(circle.put(circle.ann, "feedLikes/" + oldest) == 200);
  const auto fill = [&](std::string_view deleted_at) {
    world.execute(
        "INSERT INTO posts (user_id, author, author_type, content, created_at, updated_at, deleted_at) SELECT " +
        circle.of(circle.bob_id) + ", 'x', 1, 'x', 1, 1, " + std::string(deleted_at) + " FROM " + many_rows());
    world.execute("INSERT INTO post_likes (post_id, user_id) SELECT id, " + circle.of(circle.ann_id) +
                  " FROM posts WHERE user_id = " + circle.of(circle.bob_id));
  };
  const bool blocked = GENERATE(true, false);
  CAPTURE(blocked);
  fill(blocked ? "NULL" : "1");
  if (blocked) REQUIRE(circle.put(circle.ann, "blocks/" + circle.of(circle.bob_id)) == 204);
  const auto newest = write_post(circle.third);
  REQUIRE(circle.put(circle.ann, "feedLikes/" + newest) == 200);
  const auto first = circle.ann.get("/api/v1/feeds/liked");
  CHECK(posts_in(first) == std::vector<std::int64_t>{std::stoll(newest)});
  const auto next = first.number("/data/nextLastFeedId");
  CHECK(next > std::stoll(oldest));
  CHECK(next < std::stoll(newest) - 4000);
  const auto second = circle.ann.get("/api/v1/feeds/liked?lastFeedId=" + std::to_string(next));
  CHECK(posts_in(second) == std::vector<std::int64_t>{std::stoll(oldest)});
  CHECK_THAT(second.body, !Catch::Contains("nextLastFeedId"));
  CHECK_THAT(circle.ann.get("/api/v1/feeds/liked?size=1").body, !Catch::Contains("nextLastFeedId"));  // it is full
}

TEST_CASE("What one said is read past what one deleted, so many rows a page") {
  World world(ON_EACH_DATABASE());
  Circle circle(world);
  const auto post = write_post(circle.third);
  const auto oldest = write_comment(circle.ann, post);
  world.execute(
      "INSERT INTO comments (post_id, user_id, author, author_type, content, created_at, updated_at, deleted_at) "
      "SELECT " +
      post + ", " + circle.of(circle.ann_id) + ", 'x', 1, 'x', 1, 1, 1 FROM " + many_rows());
  const auto first = circle.ann.get("/api/v1/comments/mine");
  CHECK(comments_in(first).empty());
  const auto next = first.number("/data/nextLastCommentId");
  CHECK(next > std::stoll(oldest));
  const auto second = circle.ann.get("/api/v1/comments/mine?lastCommentId=" + std::to_string(next));
  CHECK(comments_in(second) == std::vector<std::int64_t>{std::stoll(oldest)});
  CHECK_THAT(second.body, !Catch::Contains("nextLastCommentId"));
}
