#include <thread>

#include "support/core/feed_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

constexpr auto kLiked = R"("data":{"isLiked":true,"likeCount":)";
constexpr auto kNotLiked = R"("data":{"isLiked":false,"likeCount":)";

}  // namespace

TEST_CASE("PUT likes and DELETE takes back, each as often as one wants") {
  World world(ON_EACH_DATABASE());
  auto one = world.node.guest();
  auto two = world.node.guest();
  const auto post = write_post(one);
  const auto comment = write_comment(one, post);
  for (const auto& path : {"/api/v1/feedLikes/" + post, "/api/v1/commentLikes/" + comment}) {
    CAPTURE(path);
    const auto check = [&](const Answer& answer, std::string_view state, std::string_view count) {
      CHECK(answer.status == 200);
      CHECK_THAT(answer.body, Catch::EndsWith(std::string(state) + std::string(count) + "}}"));
    };
    check(one.send("DELETE", path), kNotLiked, "0");
    check(one.send("PUT", path), kLiked, "1");
    check(one.send("PUT", path), kLiked, "1");
    check(two.send("PUT", path), kLiked, "2");
    check(one.send("DELETE", path), kNotLiked, "1");
    check(one.send("DELETE", path), kNotLiked, "1");
  }
  CHECK(post_of(one, post).at("/data/isLiked") == false);
  CHECK(post_of(two, post).at("/data/isLiked") == true);
  CHECK(post_of(one, post).at("/data/likeCount") == 1);
  CHECK_THAT(two.get("/api/v1/feeds").body, Catch::Contains("\"isLiked\":true"));
  CHECK_THAT(two.get("/api/v1/comments/" + post).body,
             Catch::Contains(R"("likeCount":1,"subCommentCount":0,"isLiked":true)"));
  CHECK(world.counts_are_right());
}

TEST_CASE("The first release's toggles answer 201 when now liked and 200 when taken back") {
  World world(ON_EACH_DATABASE());
  auto one = world.node.guest();
  const auto post = write_post(one);
  const auto comment = write_comment(one, post);
  for (const auto& path : {"/api/v1/feedLikes/" + post, "/api/v1/commentLikes/" + comment}) {
    CAPTURE(path);
    for (const bool now_liked : {true, false, true}) {
      const auto answer = one.get(path);
      CHECK(answer.status == (now_liked ? 201 : 200));
      CHECK_THAT(answer.body, Catch::Contains(now_liked ? R"({"isLiked":true,"likeCount":1})"
                                                        : R"({"isLiked":false,"likeCount":0})"));
      CHECK_THAT(answer.field("cache-control"), Catch::Contains("no-store"));
    }
    CHECK(one.send("HEAD", path).status == 405);
    CHECK(one.send("GET", path, "", {{"Sec-Purpose", "prefetch"}}).status == 405);
    CHECK(one.send("GET", path, "", {{"Sec-Fetch-Site", "cross-site"}}).status == 403);
  }
  CHECK(post_of(one, post).at("/data/likeCount") == 1);
  CHECK(world.counts_are_right());
}

TEST_CASE("Many at once leave the counts right") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  const auto post = write_post(author);
  const auto comment = write_comment(author, post);
  std::vector<Browser> browsers;
  for (int i = 0; i < 6; ++i) browsers.push_back(world.node.guest());
  std::atomic<int> bad{0};
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < browsers.size(); ++i) {
      threads.emplace_back([&, i] {
        auto& browser = browsers[i / 2 * 2];  // two threads share an account
        const auto expect = [&](const Answer& answer) { bad += answer.status / 100 != 2; };
        for (int n = 0; n < 6; ++n) {
          expect(Browser(browser).send("PUT", "/api/v1/feedLikes/" + post));
          expect(Browser(browser).get("/api/v1/commentLikes/" + comment));
          expect(Browser(browser).post("/api/v1/comments", comment_body(post, "함께", n % 2 == 0 ? comment : "null")));
          if (n % 3 == 2) expect(Browser(browser).send("DELETE", "/api/v1/feedLikes/" + post));
        }
      });
    }
  }
  CHECK(bad == 0);
  CHECK(world.number("SELECT comment_count FROM posts") == 37);
  CHECK(world.number("SELECT MAX(reply_count) FROM comments") == 18);
  CHECK(world.counts_are_right());
}
