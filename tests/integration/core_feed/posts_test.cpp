#include "support/core/feed_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

TEST_CASE("A post is answered as the contract writes it, by its author's name of that day") {
  World world(ON_EACH_DATABASE());
  const auto author_id = world.node.create_user();
  auto author = world.node.signed_in(author_id);
  auto reader = world.node.guest();

  const auto created = author.post("/api/v1/feeds", text_body("첫 글입니다. 💸"));
  CHECK(created.status == 201);
  CHECK(created.at("/resultCode") == "S-201");
  const auto id = id_in(created, "feedId");
  const auto data =
      R"("data":{"feedId":)" + id + R"(,"userId":)" + std::to_string(author_id.value) +
      R"(,"content":"첫 글입니다. 💸","author":"1000만","userRole":"USER","isMine":true,"feedType":"BLUE",)"
      R"("likeCount":0,"commentCount":0,"isLiked":false,"createdAt":"2027-01-15T08:00:00.000Z",)"
      R"("updatedAt":"2027-01-15T08:00:00.000Z","deletedAt":null}})";
  CHECK_THAT(created.body, Catch::EndsWith(data));

  // The asset changes every day; what was written keeps the name it was written under. The role is today's.
  world.execute("UPDATE accounts SET amount = 5, multiplier = 1, role = 2 WHERE role = 1");
  const auto later = post_of(reader, id);
  CHECK(later.status == 200);
  CHECK(later.at("/data/author") == "1000만");
  CHECK(later.at("/data/feedType") == "BLUE");
  CHECK(later.at("/data/userRole") == "ADMIN");
  const auto next = author.post("/api/v1/feeds", text_body("다음 글"));
  CHECK(next.at("/data/author") == "5원");
  CHECK(next.at("/data/feedType") == "RED");
}

TEST_CASE("Only an edit of the text moves updatedAt") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto other = world.node.guest();
  const auto id = write_post(author, "처음");
  const auto path = "/api/v1/feeds/" + id;

  // Within the same millisecond too an edit is later than the writing.
  const auto edited = author.send("PATCH", path, text_body("고침"));
  CHECK(edited.status == 200);
  CHECK_THAT(edited.body, Catch::EndsWith(R"("data":{"feedId":)" + id +
                                          R"(,"content":"고침","updatedAt":"2027-01-15T08:00:00.001Z"}})"));
  world.clock.advance(1h);
  CHECK(author.send("PATCH", path, text_body("고침")).at("/data/updatedAt") == "2027-01-15T08:00:00.001Z");
  other.send("PUT", "/api/v1/feedLikes/" + id);
  write_comment(other, id);
  CHECK(post_of(other, id).at("/data/updatedAt") == "2027-01-15T08:00:00.001Z");
  CHECK(author.send("PATCH", path, text_body("고침 ")).at("/data/updatedAt") == "2027-01-15T09:00:00.000Z");
  CHECK(post_of(other, id).at("/data/content") == "고침 ");
  CHECK(post_of(other, id).at("/data/createdAt") == "2027-01-15T08:00:00.000Z");
}

TEST_CASE("Only its author changes or deletes a post, an admin neither") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto admin = world.node.signed_in(world.node.create_user("ADMIN"));
  const auto id = write_post(author);
  const auto path = "/api/v1/feeds/" + id;
  CHECK(admin.send("PATCH", path, text_body("남의 글")).status == 403);
  CHECK(admin.send("DELETE", path).status == 403);
  CHECK(post_of(admin, id).at("/data/content") == "글");
  auto nobody = world.node.browser();
  for (const auto* method : {"GET", "PATCH", "DELETE"}) {
    CHECK(nobody.send(method, path, method == std::string_view("PATCH") ? text_body("x") : "").status == 401);
  }
  CHECK(nobody.post("/api/v1/feeds", text_body("x")).status == 401);
}

TEST_CASE("A deleted post is gone with its comments, and deleting it again is 400") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto other = world.node.guest();
  const auto id = write_post(author);
  const auto comment = write_comment(other, id);
  const auto path = "/api/v1/feeds/" + id;

  const auto deleted = author.send("DELETE", path);
  CHECK(deleted.status == 200);
  CHECK_THAT(deleted.body, Catch::EndsWith(R"("data":{"feedId":)" + id + "}}"));
  CHECK(author.send("DELETE", path).status == 400);
  CHECK(other.send("DELETE", path).status == 403);
  CHECK(post_of(author, id).status == 404);
  CHECK(author.send("PATCH", path, text_body("x")).status == 404);
  CHECK(posts_in(author.get("/api/v1/feeds")).empty());
  for (const auto* method : {"GET", "PUT", "DELETE"}) {
    CHECK(other.send(method, "/api/v1/feedLikes/" + id).status == 404);
    CHECK(other.send(method, "/api/v1/commentLikes/" + comment).status == 404);
  }
  CHECK(other.get("/api/v1/comments/" + id).status == 404);
  CHECK(other.post("/api/v1/comments", comment_body(id, "늦은 댓글")).status == 404);
  CHECK(other.send("PATCH", "/api/v1/comments/" + comment, text_body("x")).status == 404);
  CHECK(author.send("DELETE", "/api/v1/comments/" + comment).status == 404);
  CHECK(other.send("DELETE", "/api/v1/comments/" + comment).status == 200);  // it is among one's own comments
  CHECK(other.send("DELETE", "/api/v1/comments/" + comment).status == 400);
}

TEST_CASE("What members write who are not active is hidden, and back when they are") {
  World world(ON_EACH_DATABASE());
  const auto author_id = world.node.create_user();
  auto author = world.node.signed_in(author_id);
  auto reader = world.node.guest();
  const auto id = write_post(author);
  const auto own = write_post(reader);
  write_comment(author, own);
  const auto seen = [&] {
    return std::tuple(post_of(reader, id).status, posts_in(reader.get("/api/v1/feeds")).size(),
                      comments_in(reader.get("/api/v1/comments/" + own)).size(),
                      reader.get("/api/v1/feeds/profile?userId=" + std::to_string(author_id.value)).status);
  };
  CHECK(seen() == std::tuple(200, 2u, 1u, 200));
  world.execute("UPDATE accounts SET status = 1 WHERE role = 1");
  CHECK(seen() == std::tuple(404, 1u, 0u, 404));
  CHECK(reader.send("PUT", "/api/v1/feedLikes/" + id).status == 404);
  world.execute("UPDATE accounts SET status = 3 WHERE role = 1");  // suspended: the profile stays
  CHECK(seen() == std::tuple(404, 1u, 0u, 200));
  world.execute("UPDATE accounts SET status = 0 WHERE role = 1");
  CHECK(seen() == std::tuple(200, 2u, 1u, 200));
}

TEST_CASE("What another account wrote is not published by who is signed in by then") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest(), other = world.node.guest();
  const auto me = [](auto& browser) { return id_in(browser.get("/api/v1/users/me"), "userId"); };
  const auto as = [](std::string id) {
    return Browser::Fields{{"Idempotency-Key", "a-1"}, {"As-Account", std::move(id)}};
  };
  const auto refused = other.send("POST", "/api/v1/feeds", text_body("앞사람의 글"), as(me(author)));
  CHECK(refused.status == 409);
  CHECK(refused.field("failure-code") == "OTHER_ACCOUNT");
  CHECK(world.number("SELECT COUNT(*) FROM posts") == 0);
  for (const auto* bad : {"0", "-1", "x", "1x", "99999999999999999999"}) {
    CHECK(other.send("POST", "/api/v1/feeds", text_body("글"), as(bad)).status == 400);
  }
  const auto id = id_in(author.send("POST", "/api/v1/feeds", text_body("앞사람의 글"), as(me(author))), "feedId");
  CHECK(other.send("POST", "/api/v1/comments", comment_body(id, "글"), as(me(author))).status == 409);
  CHECK(other.send("POST", "/api/v1/comments", comment_body(id, "글"), as(me(other))).status == 201);
}

TEST_CASE("The same Idempotency-Key writes one post and one comment") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  const Browser::Fields key{{"Idempotency-Key", "a-1"}}, other_key{{"Idempotency-Key", "a-2"}};
  const auto first = author.send("POST", "/api/v1/feeds", text_body("한 번"), key);
  const auto again = author.send("POST", "/api/v1/feeds", text_body("한 번"), key);
  CHECK(again.status == 201);
  CHECK(again.body == first.body);
  CHECK(author.send("POST", "/api/v1/feeds", text_body("다른 글"), key).status == 409);
  const auto id = id_in(first, "feedId");
  for (int i = 0; i < 2; ++i) author.send("POST", "/api/v1/comments", comment_body(id, "한 번"), other_key);
  CHECK(world.number("SELECT COUNT(*) FROM posts") == 1);
  CHECK(post_of(author, id).at("/data/commentCount") == 1);
}
