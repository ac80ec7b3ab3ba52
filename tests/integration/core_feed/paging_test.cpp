#include <algorithm>
#include <functional>
#include <numeric>

#include "support/core/feed_talk.hpp"

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

namespace {

/// A list, what adds to it, and the path of one of its items.
struct List {
  std::string name;
  std::string path;  // ends with ? or &
  std::string last;  // the parameter that goes on
  std::function<std::vector<std::int64_t>(const Answer&)> ids;
  std::function<std::string()> add;
  std::string item;

  std::vector<std::int64_t> page(Browser& reader, std::int64_t before, int size) const {
    const auto answer = reader.get(path + last + "=" + std::to_string(before) + "&size=" + std::to_string(size));
    CHECK(answer.status == 200);
    return ids(answer);
  }
  std::vector<std::int64_t> walk(Browser& reader, int size) const {
    std::vector<std::int64_t> seen;
    for (auto found = page(reader, 0, size); !found.empty(); found = page(reader, seen.back(), size)) {
      REQUIRE(static_cast<int>(found.size()) <= size);
      seen.insert(seen.end(), found.begin(), found.end());
    }
    return seen;
  }
};

/// Every list that readers page, filled by `author`, with rows of the others around.
std::vector<List> lists_of(Browser& author, const std::string& post, const std::string& parent) {
  const auto user = std::to_string(author.get("/api/v1/users/me").number("/data/userId"));
  const auto comments = "/api/v1/comments/" + post + "?";
  const auto add_post = [&author] { return write_post(author); };
  const auto add_comment = [&author, post] { return write_comment(author, post); };
  const auto add_reply = [&author, post, parent] { return write_comment(author, post, "답글", parent); };
  return {
      {"feed", "/api/v1/feeds?", "lastFeedId", posts_in, add_post, "/api/v1/feeds/"},
      {"profile", "/api/v1/feeds/profile?userId=" + user + "&", "lastFeedId", posts_in, add_post, "/api/v1/feeds/"},
      {"profile by type", "/api/v1/feeds/profile?userId=" + user + "&type=BLUE&", "lastFeedId", posts_in, add_post,
       "/api/v1/feeds/"},
      {"comments", comments, "lastCommentId", comments_in, add_comment, "/api/v1/comments/"},
      {"comments with replies", comments, "lastCommentId", comments_in, add_reply, "/api/v1/comments/"},
      {"threads", comments + "view=threads&", "lastCommentId", comments_in, add_comment, "/api/v1/comments/"},
      {"replies", comments + "parentCommentId=" + parent + "&", "lastCommentId", comments_in, add_reply,
       "/api/v1/comments/"},
  };
}

}  // namespace

TEST_CASE("Each list is paged without gap or repetition, with an item removed at any place of a full page") {
  World world(ON_EACH_DATABASE());
  auto poster = world.node.guest();
  const auto post = write_post(poster);
  const auto parent = write_comment(poster, post);
  const auto which = GENERATE(range<std::size_t>(0, 7));
  auto author = world.node.guest();
  const auto list = lists_of(author, post, parent)[which];
  CAPTURE(list.name);
  constexpr int kSize = 4;
  constexpr int kRows = 3 * kSize;  // full pages only
  std::vector<std::string> added;
  for (int i = 0; i < kRows; ++i) added.push_back(list.add());

  auto expected = list.walk(poster, 50);
  REQUIRE(expected.size() >= kRows);
  CHECK(std::is_sorted(expected.rbegin(), expected.rend()));
  for (const int size : {1, kSize, kRows}) CHECK(list.walk(poster, size) == expected);

  // The first, the last of a full page and those about it, the last of all; then what is left of a page.
  for (const int place : {0, kSize - 1, kSize, 2 * kSize - 1, kRows - 1}) {
    const auto id = std::stoll(added[static_cast<std::size_t>(kRows - 1 - place)]);
    CAPTURE(place, id);
    const auto first = list.page(poster, 0, kSize);
    REQUIRE(author.send("DELETE", list.item + std::to_string(id)).status == 200);
    expected.erase(std::ranges::find(expected, id));
    // Who holds the page from before goes on from its end, also when that end is gone.
    const auto next = list.page(poster, first.back(), kSize);
    const auto after = std::ranges::upper_bound(expected, first.back(), std::greater<>());
    CHECK(next == std::vector(after, after + std::min<std::ptrdiff_t>(kSize, expected.end() - after)));
    for (const int size : {1, kSize, kRows}) CHECK(list.walk(poster, size) == expected);
    CHECK(list.page(poster, 0, kSize).size() == kSize);
  }
}
