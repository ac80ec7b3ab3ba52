// In what order a post's comments are read.
#include <algorithm>
#include <functional>

#include "support/core/feed_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

using Ids = std::vector<std::int64_t>;

/// All of a list, page by page.
Ids all_of(Browser& browser, const std::string& path, int size) {
  Ids all;
  while (true) {
    const auto last = all.empty() ? std::string("0") : std::to_string(all.back());
    const auto page = browser.get(path + "&size=" + std::to_string(size) + "&lastCommentId=" + last);
    INFO(page.body);
    REQUIRE(page.status == 200);
    const auto ids = comments_in(page);
    all.insert(all.end(), ids.begin(), ids.end());
    if (ids.size() < static_cast<std::size_t>(size)) return all;
  }
}

void like(Browser& browser, std::int64_t comment) {
  REQUIRE(browser.send("PUT", "/api/v1/commentLikes/" + std::to_string(comment)).status / 100 == 2);
}

}  // namespace

TEST_CASE("Comments and replies are read from the oldest on") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  const auto post = write_post(author);
  write_comment(author, write_post(author), "another post's");
  Ids tops, replies, all;
  for (int i = 0; i < 5; ++i) all.push_back(tops.emplace_back(std::stoll(write_comment(author, post))));
  for (int i = 0; i < 5; ++i) {
    all.push_back(replies.emplace_back(std::stoll(write_comment(author, post, "답글", std::to_string(tops.front())))));
  }
  const auto path = "/api/v1/comments/" + post + "?order=oldest";
  for (const int size : {1, 2, 5, 50}) {
    CAPTURE(size);
    CHECK(all_of(author, path, size) == all);
    CHECK(all_of(author, path + "&view=threads", size) == tops);
    CHECK(all_of(author, path + "&parentCommentId=" + std::to_string(tops.front()), size) == replies);
  }
  std::ranges::reverse(tops);
  CHECK(all_of(author, "/api/v1/comments/" + post + "?view=threads&order=newest", 2) == tops);
}

TEST_CASE("Threads are read by their likes, of as many the newest first, whatever the page's size") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto second = world.node.guest();
  auto third = world.node.guest();
  const auto post = write_post(author);
  Ids ids;
  for (int i = 0; i < 9; ++i) ids.push_back(std::stoll(write_comment(author, post)));
  const auto reply = std::stoll(write_comment(author, post, "답글", std::to_string(ids[0])));
  for (auto* each : {&author, &second, &third}) like(*each, ids[4]);
  for (auto* each : {&author, &second, &third}) like(*each, reply);
  for (const auto id : {ids[1], ids[2], ids[7]}) like(second, id);
  like(third, ids[2]);
  const Ids expected{ids[4], ids[2], ids[7], ids[1], ids[8], ids[6], ids[5], ids[3], ids[0]};
  const auto path = "/api/v1/comments/" + post + "?view=threads&order=liked";
  for (const int size : {1, 2, 3, 4, 9, 50}) {
    CAPTURE(size);
    CHECK(all_of(author, path, size) == expected);
  }

  SECTION("a deleted comment is not there, and is still a place to go on from") {
    REQUIRE(author.send("DELETE", "/api/v1/comments/" + std::to_string(ids[7])).status == 200);
    CHECK(comments_in(author.get(path + "&size=2&lastCommentId=" + std::to_string(ids[7]))) == Ids{ids[1], ids[8]});
    CHECK(all_of(author, path, 2).size() == 8);
  }
  SECTION("whom one mutes is left out, and the page is full all the same") {
    auto reader = world.node.guest();
    write_comment(second, post, "안 볼 댓글");
    write_comment(third, post, "볼 댓글");
    const auto muted = std::to_string(second.get("/api/v1/users/me").number("/data/userId"));
    REQUIRE(reader.send("PUT", "/api/v1/mutes/" + muted).status / 100 == 2);
    CHECK(all_of(reader, path, 3).size() == 10);
    CHECK(comments_in(reader.get(path + "&size=10")).size() == 10);
    CHECK(all_of(reader, "/api/v1/comments/" + post + "?view=threads&order=oldest", 3).size() == 10);
  }
  SECTION("by likes there is the top level alone, whether that is asked for or not") {
    CHECK(comments_in(author.get("/api/v1/comments/" + post + "?order=liked&size=50")) == expected);
  }
  SECTION("what is no order is refused") {
    for (const std::string query :
         {"?order=best&view=threads", "?order=", "?view=threads&order=OLDEST", "?order=newest&order=oldest"}) {
      CAPTURE(query);
      CHECK(author.get("/api/v1/comments/" + post + query).status == 400);
    }
    const auto replies = "/api/v1/comments/" + post + "?order=liked&parentCommentId=" + std::to_string(ids[0]);
    CHECK(author.get(replies).status == 400);
  }
}
