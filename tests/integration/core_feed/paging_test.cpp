#include <numeric>

#include "feed_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

TEST_CASE("Pages run from the newest to the oldest without gap or repetition") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto other = world.node.guest();
  std::vector<std::int64_t> written;
  for (int i = 0; i < 23; ++i) {
    written.insert(written.begin(), std::stoll(write_post(i % 2 == 0 ? author : other, "글 " + std::to_string(i))));
  }
  author.send("DELETE", "/api/v1/feeds/" + std::to_string(written[6]));  // i = 16
  written.erase(written.begin() + 6);

  const auto walk = [&](const std::string& path, int size) {
    std::vector<std::int64_t> seen;
    for (std::int64_t last = 0;;) {
      const auto page = author.get(path + "lastFeedId=" + std::to_string(last) + "&size=" + std::to_string(size));
      CHECK(page.status == 200);
      const auto ids = posts_in(page);
      if (ids.empty()) return seen;
      REQUIRE(static_cast<int>(ids.size()) <= size);
      seen.insert(seen.end(), ids.begin(), ids.end());
      last = ids.back();
    }
  };
  for (const int size : {1, 5, 22, 50}) CHECK(walk("/api/v1/feeds?", size) == written);

  const auto user = std::to_string(author.get("/api/v1/users/me").number("/data/userId"));
  auto own = walk("/api/v1/feeds/profile?userId=" + user + "&", 5);
  CHECK(own.size() == 11);
  CHECK(std::is_sorted(own.rbegin(), own.rend()));

  CHECK(posts_in(author.get("/api/v1/feeds")).size() == 10);
  CHECK(posts_in(author.get("/api/v1/feeds?size=1000")).size() == 22);
  const auto past_the_end = author.get("/api/v1/feeds?lastFeedId=1");
  CHECK(past_the_end.status == 200);
  CHECK_THAT(past_the_end.body, Catch::EndsWith(R"("data":{"feeds":[]}})"));
}

TEST_CASE("An author's posts of a blue or of a red day are paged alone") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto other = world.node.guest();
  std::vector<std::int64_t> blue;
  std::vector<std::int64_t> red;
  for (int i = 0; i < 12; ++i) {
    const bool falls = i % 4 == 0;
    world.execute(falls ? "UPDATE accounts SET multiplier = 990000000" : "UPDATE accounts SET multiplier = 1000000000");
    auto& posts = falls ? red : blue;
    posts.insert(posts.begin(), std::stoll(write_post(author)));
    write_post(other);
  }
  author.send("DELETE", "/api/v1/feeds/" + std::to_string(red.front()));
  red.erase(red.begin());

  const auto user = std::to_string(author.get("/api/v1/users/me").number("/data/userId"));
  const auto path = "/api/v1/feeds/profile?userId=" + user;
  const auto ids = [&](const std::string& more) {
    const auto page = other.get(path + more);
    CHECK(page.status == 200);
    return posts_in(page);
  };
  CHECK(ids("&type=BLUE&size=50") == blue);
  CHECK(ids("&type=RED&size=50") == red);
  CHECK(ids("&type=BLUE&size=4") == std::vector(blue.begin(), blue.begin() + 4));
  CHECK(ids("&type=BLUE&size=50&lastFeedId=" + std::to_string(blue[3])) == std::vector(blue.begin() + 4, blue.end()));
  CHECK(ids("&type=RED&lastFeedId=" + std::to_string(red.back())).empty());
  CHECK(ids("&size=50").size() == blue.size() + red.size());
  for (const std::string bad : {"", "blue", "GREEN", "BLUE&type=RED", "1"}) {
    CAPTURE(bad);
    CHECK(other.get(path + "&type=" + bad).status == 400);
  }
}

TEST_CASE("Comments are paged the same way") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  const auto post = write_post(author);
  std::vector<std::int64_t> written;
  for (int i = 0; i < 7; ++i) written.insert(written.begin(), std::stoll(write_comment(author, post)));
  const auto first = comments_in(author.get("/api/v1/comments/" + post + "?size=4"));
  const auto rest =
      comments_in(author.get("/api/v1/comments/" + post + "?size=4&lastCommentId=" + std::to_string(first.back())));
  auto seen = first;
  seen.insert(seen.end(), rest.begin(), rest.end());
  CHECK(seen == written);
}
