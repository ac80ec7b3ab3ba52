#include "support/core/feed_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

std::int64_t count_of(Browser& browser, const std::string& post) {
  return post_of(browser, post).number("/data/commentCount");
}

}  // namespace

TEST_CASE("A comment is answered as the contract writes it") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  const auto post = write_post(author);
  const auto created = author.post("/api/v1/comments", comment_body(post, "댓글입니다"));
  CHECK(created.status == 201);
  CHECK_THAT(created.body, Catch::Contains(R"("data":{"commentId":)" + id_in(created, "commentId") + R"(,"feedId":)" +
                                           post + R"(,"parentCommentId":null,"userId":)"));
  CHECK_THAT(
      created.body,
      Catch::EndsWith(
          R"(,"content":"댓글입니다","author":"1000만","userRole":"GUEST","isMine":true,"face":0,"commentType":"BLUE",)"
          R"("likeCount":0,"subCommentCount":0,"isLiked":false,)"
          R"("createdAt":"2027-01-15T08:00:00.000Z","updatedAt":"2027-01-15T08:00:00.000Z",)"
          R"("deletedAt":null}})"));
  // parentCommentId may be left out, as the first release's client does.
  CHECK(author.post("/api/v1/comments", R"({"feedId":)" + post + R"(,"content":"또"})").status == 201);
}

TEST_CASE("Replies stand below their comment and count for both") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto other = world.node.guest();
  const auto post = write_post(author);
  const auto comment = write_comment(other, post);
  const auto reply = write_comment(author, post, "답글", comment);
  const auto second = write_comment(other, post, "답글 둘", comment);
  const auto top = write_comment(other, post);

  CHECK(count_of(author, post) == 4);
  const auto path = "/api/v1/comments/" + post;
  CHECK(comments_in(author.get(path)) ==
        std::vector<std::int64_t>{std::stoll(top), std::stoll(second), std::stoll(reply), std::stoll(comment)});
  CHECK(comments_in(author.get(path + "?view=threads")) ==
        std::vector<std::int64_t>{std::stoll(top), std::stoll(comment)});
  // Who asks for replies by threads gets the replies.
  CHECK(comments_in(author.get(path + "?view=threads&parentCommentId=" + comment)).size() == 2);
  const auto replies = author.get("/api/v1/comments/" + post + "?parentCommentId=" + comment);
  CHECK(comments_in(replies) == std::vector<std::int64_t>{std::stoll(second), std::stoll(reply)});
  CHECK_THAT(replies.body, Catch::Contains("\"parentCommentId\":" + comment));
  CHECK_THAT(author.get(path).body, Catch::Contains("\"parentCommentId\":" + comment));
  CHECK_THAT(author.get(path + "?view=threads&size=2").body, Catch::Contains("\"subCommentCount\":2"));

  SECTION("a reply to a reply stands beside it, and says which it answers") {
    const auto answer = other.post("/api/v1/comments", comment_body(post, "답답글", reply));
    CHECK(answer.status == 201);
    CHECK_THAT(answer.body, Catch::Contains("\"parentCommentId\":" + comment + ",\"answeredCommentId\":" + reply));
    const auto deeper = author.post("/api/v1/comments", comment_body(post, "더 깊이", id_in(answer, "commentId")));
    CHECK_THAT(deeper.body, Catch::Contains("\"parentCommentId\":" + comment +
                                            ",\"answeredCommentId\":" + id_in(answer, "commentId")));
    CHECK(count_of(author, post) == 6);
    CHECK_THAT(author.get(path + "?view=threads&size=2").body, Catch::Contains("\"subCommentCount\":4"));
    CHECK(comments_in(author.get(path + "?parentCommentId=" + comment)).size() == 4);
    CHECK_FALSE(replies.body.find("answeredCommentId") != std::string::npos);
    // What is answered may go: the answer stays.
    CHECK(author.send("DELETE", "/api/v1/comments/" + reply).status == 200);
    CHECK_THAT(author.get(path + "?parentCommentId=" + comment).body,
               Catch::Contains("\"answeredCommentId\":" + reply));
    CHECK(author.post("/api/v1/comments", comment_body(post, "늦은 답", reply)).status == 404);
  }
  SECTION("a parent of another post, or none, is refused") {
    const auto other_post = write_post(author);
    CHECK(author.post("/api/v1/comments", comment_body(other_post, "x", comment)).status == 400);
    CHECK(author.post("/api/v1/comments", comment_body(post, "x", "999999")).status == 404);
    CHECK(author.get("/api/v1/comments/" + other_post + "?parentCommentId=" + comment).status == 404);
    CHECK(count_of(author, other_post) == 0);
  }
  SECTION("deleting a reply takes one from both counts") {
    CHECK(author.send("DELETE", "/api/v1/comments/" + reply).status == 200);
    CHECK(count_of(author, post) == 3);
    CHECK_THAT(author.get("/api/v1/comments/" + post).body, Catch::Contains("\"subCommentCount\":1"));
  }
  SECTION("deleting a comment takes its replies along") {
    CHECK(author.send("DELETE", "/api/v1/comments/" + second).status == 403);
    CHECK(other.send("DELETE", "/api/v1/comments/" + second).status == 200);
    CHECK(author.send("DELETE", "/api/v1/comments/" + comment).status == 403);
    const auto deleted = other.send("DELETE", "/api/v1/comments/" + comment);
    CHECK_THAT(deleted.body, Catch::EndsWith(R"("data":{"commentId":)" + comment + "}}"));
    CHECK(other.send("DELETE", "/api/v1/comments/" + comment).status == 400);
    CHECK(author.send("DELETE", "/api/v1/comments/" + reply).status == 400);
    CHECK(count_of(author, post) == 1);
    CHECK(author.get("/api/v1/comments/" + post + "?parentCommentId=" + comment).status == 404);
    CHECK(author.post("/api/v1/comments", comment_body(post, "늦은 답글", comment)).status == 404);
    CHECK(author.send("PATCH", "/api/v1/comments/" + reply, text_body("x")).status == 404);
    CHECK(author.send("PUT", "/api/v1/commentLikes/" + reply).status == 404);
  }
  CHECK(world.counts_are_right());
}

TEST_CASE("A comment is edited by its author only, and updatedAt says when") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto other = world.node.guest();
  const auto path = "/api/v1/comments/" + write_comment(author, write_post(other));
  CHECK(other.send("PATCH", path, text_body("남의 것")).status == 403);
  world.clock.advance(1h);
  CHECK(author.send("PATCH", path, text_body("댓글")).at("/data/updatedAt") == "2027-01-15T08:00:00.000Z");
  const auto edited = author.send("PATCH", path, text_body("고침"));
  CHECK(edited.status == 200);
  CHECK(edited.at("/data/updatedAt") == "2027-01-15T09:00:00.000Z");
  CHECK(edited.at("/data/content") == "고침");
}

TEST_CASE("An edit is later than what it changes, of posts, comments and replies, also by a clock that was set back") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  const auto post = write_post(author);
  const auto comment = write_comment(author, post);
  const auto reply = write_comment(author, post, "답글", comment);
  for (const auto& path : {"/api/v1/feeds/" + post, "/api/v1/comments/" + comment, "/api/v1/comments/" + reply}) {
    CAPTURE(path);
    CHECK(author.send("PATCH", path, text_body("같은 순간")).at("/data/updatedAt") == "2027-01-15T08:00:00.001Z");
    world.clock.jump(-1h);
    CHECK(author.send("PATCH", path, text_body("먼저")).at("/data/updatedAt") == "2027-01-15T08:00:00.002Z");
    world.clock.jump(1h);
    world.clock.advance(1h);
    CHECK(author.send("PATCH", path, text_body("나중")).at("/data/updatedAt") == "2027-01-15T09:00:00.000Z");
    world.clock.jump(-1h);
  }
}
