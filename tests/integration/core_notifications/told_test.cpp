// Who is told of what, and what is drawn together.
#include <atomic>
#include <thread>

#include "notifications_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

TEST_CASE("Likes of a post are told as one until they are read, and each liker once") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto one = world.node.guest();
  auto two = world.node.guest();
  auto three = world.node.guest();
  const auto post = write_post(author);
  CHECK(told(author).empty());
  CHECK(unread(author) == 0);

  like(author, post);  // one's own
  CHECK(told(author).empty());
  like(one, post);
  like(one, post);
  const auto answer = notifications_of(author);
  CHECK(answer.at("/data/notifications/0/text") == "1000만님이 회원님의 글을 좋아합니다.");
  CHECK(std::to_string(answer.number("/data/notifications/0/feedId")) == post);
  CHECK(answer.body.find("commentId") == std::string::npos);
  CHECK(answer.number("/data/unreadCount") == 1);
  like(two, post);
  CHECK(told(author) == Told{"FEED_LIKE 2*"});
  CHECK(unread(author) == 1);
  const auto english = author.send("GET", "/api/v1/notifications", "", {{"Accept-Language", "en"}});
  CHECK(english.at("/data/notifications/0/text") == "1000만 and one other liked your post.");

  CHECK(mark_read(author, newest(author)).number("/data/unreadCount") == 0);
  CHECK(told(author) == Told{"FEED_LIKE 2"});
  // Who took a like back that was told is not told of again; who comes later is.
  unlike(one, post);
  like(one, post);
  CHECK(told(author) == Told{"FEED_LIKE 2"});
  like(three, post);
  CHECK(told(author) == Told{"FEED_LIKE 1*", "FEED_LIKE 2"});
  for (auto* other : {&one, &two, &three}) CHECK(told(*other).empty());
}

TEST_CASE("A like that is taken back before it was read leaves nothing") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto one = world.node.guest();
  auto two = world.node.guest();
  const auto post = write_post(author);
  like(one, post);
  unlike(one, post);
  unlike(one, post);
  CHECK(told(author).empty());
  CHECK(unread(author) == 0);
  like(one, post);
  like(two, post);
  unlike(two, post);
  CHECK(told(author) == Told{"FEED_LIKE 1*"});
  CHECK(one.get("/api/v1/feedLikes/" + post).status == 200);  // the first release's toggle
  CHECK(told(author).empty());
}

TEST_CASE("The name of who took a like back does not stay") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto one = world.node.guest();
  const auto two = world.node.create_user();
  auto second = world.node.signed_in(two);
  world.execute("UPDATE accounts SET amount = 8140000 WHERE id = " + std::to_string(two.value));
  const auto post = write_post(author);
  like(one, post);
  like(second, post);
  CHECK(notifications_of(author).at("/data/notifications/0/text") == "814만님 외 1명이 회원님의 글을 좋아합니다.");
  unlike(second, post);
  CHECK(notifications_of(author).at("/data/notifications/0/text") == "1000만님이 회원님의 글을 좋아합니다.");
}

TEST_CASE("A comment is told to the post's author, a reply to the comment's besides, nothing to who wrote it") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto one = world.node.guest();
  auto two = world.node.guest();
  const auto post = write_post(author);
  const auto comment = write_comment(one, post);
  auto listed = notifications_of(author);
  CHECK(std::to_string(listed.number("/data/notifications/0/commentId")) == comment);
  write_comment(author, post);
  CHECK(told(author) == Told{"COMMENT 1*"});

  const auto reply = write_comment(two, post, "답글", comment);
  CHECK(told(author) == Told{"COMMENT 2*"});
  listed = notifications_of(one);
  CHECK(told(one) == Told{"REPLY 1*"});
  CHECK(std::to_string(listed.number("/data/notifications/0/commentId")) == reply);
  write_comment(two, post, "답글", comment);  // the same again
  CHECK(told(one) == Told{"REPLY 1*"});
  CHECK(told(author) == Told{"COMMENT 2*"});

  // Who wrote the post and the comment is told once.
  const auto own = write_comment(author, post);
  write_comment(two, post, "답글", own);
  CHECK(told(author) == Told{"REPLY 1*", "COMMENT 2*"});
  // Likes of comments are of each comment.
  one.send("PUT", "/api/v1/commentLikes/" + own);
  two.send("PUT", "/api/v1/commentLikes/" + own);
  one.send("PUT", "/api/v1/commentLikes/" + reply);
  CHECK(told(author) == Told{"COMMENT_LIKE 2*", "REPLY 1*", "COMMENT 2*"});
  CHECK(told(two) == Told{"COMMENT_LIKE 1*"});
  CHECK(std::to_string(notifications_of(two).number("/data/notifications/0/commentId")) == reply);
}

TEST_CASE("Nobody is told of a kind that they do not want, from then on") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto one = world.node.guest();
  auto two = world.node.guest();
  const auto post = write_post(author);
  const auto comment = write_comment(author, post);
  like(one, post);
  const auto want = [&](std::string_view kinds) {
    const auto body = R"({"notifications":)" + std::string(kinds) + "}";
    CHECK(author.send("PATCH", "/api/v1/users/me/settings", body).status == 200);
  };
  want(R"({"FEED_LIKE":false,"REPLY":false})");
  like(two, post);
  write_comment(one, post, "답글", comment);
  CHECK(told(author) == Told{"FEED_LIKE 1*"});
  unlike(one, post);
  CHECK(told(author).empty());
  write_comment(one, post);
  one.send("PUT", "/api/v1/commentLikes/" + comment);
  CHECK(told(author) == Told{"COMMENT_LIKE 1*", "COMMENT 1*"});
  want(R"({"REPLY":true,"COMMENT":false})");
  write_comment(one, post, "답글", comment);
  write_comment(one, post);
  CHECK(told(author) == Told{"REPLY 1*", "COMMENT_LIKE 1*", "COMMENT 1*"});
}

TEST_CASE("What is gone is told no more") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  const auto member = world.node.create_user();
  auto one = world.node.signed_in(member);
  auto two = world.node.guest();
  const auto post = write_post(author);
  const auto comment = write_comment(one, post);
  SECTION("a comment alone") {
    CHECK(one.send("DELETE", "/api/v1/comments/" + comment).status == 200);
    CHECK(told(author).empty());
    CHECK(unread(author) == 0);
  }
  SECTION("the newest of several") {
    write_comment(two, post);
    const auto last = write_comment(one, post);
    one.send("DELETE", "/api/v1/comments/" + last);
    CHECK(told(author) == Told{"COMMENT 2*"});
    CHECK(notifications_of(author).body.find("commentId") == std::string::npos);
  }
  SECTION("the post") {
    write_comment(two, post, "답글", comment);
    CHECK(told(one) == Told{"REPLY 1*"});
    author.send("DELETE", "/api/v1/feeds/" + post);
    CHECK(told(author).empty());
    CHECK(unread(author) == 0);
    CHECK(told(one).empty());
    CHECK(unread(one) == 0);
  }
  SECTION("while its author is away") {
    one.post("/api/v1/users/me/leave", R"({"kind":"INACTIVE"})");
    CHECK(told(author).empty());
    world.node.signed_in(member);
    CHECK(told(author) == Told{"COMMENT 1*"});
  }
}

TEST_CASE("Many at once are each counted once") {
  World world(ON_EACH_DATABASE());
  const auto second = world.second_node();
  auto author = world.node.guest();
  const auto post = write_post(author);
  std::vector<Browser> browsers;
  for (int i = 0; i < 6; ++i) browsers.push_back(i % 2 == 0 ? world.node.guest() : second->guest());
  std::atomic<int> bad{0};
  {
    std::vector<std::jthread> threads;
    for (auto& browser : browsers) {
      threads.emplace_back([&] {
        for (int n = 0; n < 3; ++n) {
          bad += browser.send("PUT", "/api/v1/feedLikes/" + post).status != 200;
          bad += browser.send("DELETE", "/api/v1/feedLikes/" + post).status != 200;
          bad += browser.send("PUT", "/api/v1/feedLikes/" + post).status != 200;
          bad += browser.post("/api/v1/comments", comment_body(post, "댓글")).status != 201;
        }
      });
    }
  }
  CHECK(bad == 0);
  auto all = told(author);
  std::sort(all.begin(), all.end());
  CHECK(all == Told{"COMMENT 6*", "FEED_LIKE 6*"});
}
