// What is talked of today: in what order, for how long, and for whom.
#include "support/core/feed_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

using Ids = std::vector<std::int64_t>;

Ids popular(Browser& browser, int size = 50) {
  Ids all;
  std::int64_t last = 0;
  do {
    const auto page =
        browser.get("/api/v1/feeds/popular?size=" + std::to_string(size) + "&lastFeedId=" + std::to_string(last));
    INFO(page.body);
    REQUIRE(page.status == 200);
    for (const auto id : posts_in(page)) all.push_back(id);
    const auto next = page.at("/data/nextFeedId");
    last = next.is_null() ? 0 : next.as_int64();
  } while (last != 0);
  return all;
}

void like(Browser& browser, const std::string& post, bool liked = true) {
  REQUIRE(browser.send(liked ? "PUT" : "DELETE", "/api/v1/feedLikes/" + post).status / 100 == 2);
}

Ids numbers(const std::vector<std::string>& ids) {
  Ids all;
  for (const auto& id : ids) all.push_back(std::stoll(id));
  return all;
}

}  // namespace

TEST_CASE("Likes count once and comments twice, of as many the newest first, for a day") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto first = world.node.guest();
  auto second = world.node.guest();
  CHECK(popular(author).empty());
  const auto old = write_post(author, "어제 글");
  like(first, old);
  const auto hours = [](std::chrono::hours count) { return std::to_string(std::chrono::milliseconds(count).count()); };
  world.execute("UPDATE posts SET created_at = created_at - " + hours(23h));
  world.execute("UPDATE popular_posts SET written_at = written_at - " + hours(23h));
  const auto quiet = write_post(author, "조용한 글");
  const auto liked = write_post(author, "한 번 좋은 글");
  const auto answered = write_post(author, "답이 달린 글");
  const auto both = write_post(author, "둘 다");
  like(first, liked);
  const auto comment = write_comment(first, answered);
  like(second, both);
  const auto reply = write_comment(second, both, "답글", write_comment(first, both));
  const auto in_order = numbers({both, answered, liked, old});
  for (const int size : {1, 2, 3, 50}) CHECK(popular(first, size) == in_order);

  SECTION("what is taken back counts no more") {
    like(second, both, false);
    REQUIRE(first.send("DELETE", "/api/v1/comments/" + comment).status == 200);
    like(first, old, false);
    CHECK(popular(first) == numbers({both, liked}));
    REQUIRE(author.send("DELETE", "/api/v1/feeds/" + both).status == 200);
    CHECK(popular(first) == numbers({liked}));
  }
  SECTION("a like of a comment does not count, nor a like or answer of a post of yesterday") {
    for (auto* each : {&author, &second}) {
      REQUIRE(each->send("PUT", "/api/v1/commentLikes/" + comment).status / 100 == 2);
    }
    world.clock.advance(61min);
    like(second, old);
    write_comment(second, old);
    CHECK(popular(first) == numbers({both, answered, liked}));
    world.clock.advance(24h);
    auto later = world.node.guest();
    CHECK(popular(later).empty());
  }
  SECTION("the sweep removes what is of yesterday, and nothing else") {
    world.clock.advance(61min);
    CHECK(world.number("SELECT COUNT(*) FROM popular_posts") == 4);
    CHECK(world.node.scheduler().run_now("popular-sweep"));
    CHECK(world.number("SELECT COUNT(*) FROM popular_posts") == 3);
    CHECK(popular(first) == numbers({both, answered, liked}));
  }
  SECTION("whom one mutes is left out, and pages are full all the same") {
    const auto of_second = write_post(second, "뮤트할 사람의 글");
    like(author, of_second);
    like(first, of_second);
    like(second, of_second);
    like(author, quiet);
    const auto muted = std::to_string(second.get("/api/v1/users/me").number("/data/userId"));
    CHECK(popular(first) == numbers({both, of_second, answered, liked, quiet, old}));
    REQUIRE(first.send("PUT", "/api/v1/mutes/" + muted).status / 100 == 2);
    for (const int size : {1, 2, 50}) CHECK(popular(first, size) == numbers({both, answered, liked, quiet, old}));
    CHECK(popular(second, 2).size() == 6);
  }
  SECTION("one place is behind what is there no more: the list has ended there") {
    const auto page = first.get("/api/v1/feeds/popular?lastFeedId=" + quiet);
    CHECK(page.status == 200);
    CHECK(posts_in(page).empty());
    CHECK(first.get("/api/v1/feeds/popular?lastFeedId=-1").status == 400);
    CHECK(world.node.browser().get("/api/v1/feeds/popular").status == 401);
  }
}

TEST_CASE("A day of thousands of posts that one does not want is walked a bounded way, and goes on") {
  World world(ON_EACH_DATABASE());
  const auto loud = world.node.create_user();
  auto reader = world.node.guest();
  const auto wanted = write_post(reader, "볼 글");
  like(reader, wanted);
  world.database.write([&](storage::Connection& connection) {
    for (int i = 0; i < 2500; ++i) {
      connection.execute(
          "INSERT INTO posts (user_id, author, author_type, content, like_count, created_at, updated_at) VALUES "
          "(:author, '1만', 1, 'x', 2, :now, :now2)",
          loud, world.clock.now(), world.clock.now());
      connection.execute("INSERT INTO popular_posts (post_id, heat, written_at) VALUES (:post, 2, :now)",
                         connection.last_insert_id(), world.clock.now());
    }
  });
  REQUIRE(reader.send("PUT", "/api/v1/mutes/" + std::to_string(loud.value)).status / 100 == 2);
  const auto page = reader.get("/api/v1/feeds/popular?size=10");
  CHECK(posts_in(page).empty());
  CHECK_FALSE(page.at("/data/nextFeedId").is_null());
  CHECK(popular(reader, 10) == numbers({wanted}));
}
