#include "core/feed/unlinked_removal.hpp"

#include <set>

#include "core/parts.hpp"
#include "unlinked_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::core;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* kJob = "unlinked-removal";

struct Leaver {
  explicit Leaver(storage::Dialect dialect) : world(dialect) {}

  std::string run() { return world.node.scheduler().run_now(kJob).value(); }
  std::vector<std::int64_t> moments() {
    std::vector<std::int64_t> found;
    world.database.read([&](storage::Connection& c) {
      c.each("SELECT remove_at FROM unlinked_posts UNION ALL SELECT remove_at FROM unlinked_comments", storage::args(),
             [&](std::optional<std::int64_t> moment) {
               if (moment) found.push_back(*moment);
             });
    });
    return found;
  }
  /// The job at each moment that is left.
  void run_all() {
    for (auto left = moments(); !left.empty(); left = moments()) {
      world.clock.advance(std::chrono::milliseconds(std::ranges::min(left) - now()));
      REQUIRE(run() != "deleted 0");
    }
  }
  std::int64_t left() {
    return world.number("SELECT COUNT(*) FROM posts WHERE deleted_at IS NULL") +
           world.number("SELECT COUNT(*) FROM comments WHERE deleted_at IS NULL");
  }
  std::int64_t now() { return world.clock.now().time_since_epoch().count(); }

  World world;
  UserId author_id = world.node.create_user();
  Browser author = world.node.signed_in(author_id);
  Browser other = world.node.signed_in(world.node.create_user());
};

constexpr auto kSecond = 1000;
constexpr auto kHour = 3600 * kSecond;

}  // namespace

TEST_CASE("What is drawn lies between its bounds, anywhere") {
  const time::Timestamp now(1h);
  std::set<std::int64_t> drawn;
  for (int i = 0; i < 1000; ++i) {
    const auto moment = feed::random_moment(now, 10ms, 20ms);
    CHECK(moment >= now + 10ms);
    CHECK(moment < now + 20ms);
    drawn.insert(moment.time_since_epoch().count());
  }
  CHECK(drawn.size() == 10);
}

TEST_CASE("All that one wrote unlinked is deleted one by one, each at a moment of its own") {
  Leaver leaver(ON_EACH_DATABASE());
  auto& [world, author_id, author, other] = leaver;
  const auto linked = write_post(author);
  const auto theirs = write_unlinked(other);
  for (int i = 0; i < 20; ++i) write_unlinked(author);
  for (int i = 0; i < 20; ++i) say_unlinked(author, theirs);
  CHECK(leaver.run() == "deleted 0");

  const auto asked = author.send("DELETE", "/api/v1/feeds/unlinked");
  CHECK(asked.status == 200);
  CHECK(asked.at("/data/feeds") == 20);
  CHECK(asked.at("/data/comments") == 20);
  CHECK(asked.at("/data/until") == "2027-01-28T08:00:00.000Z");
  const auto moments = leaver.moments();
  CHECK(moments.size() == 40);
  CHECK(std::set(moments.begin(), moments.end()).size() == 40);
  const auto [first, last] = std::ranges::minmax(moments);
  CHECK(first >= leaver.now() + kHour);
  CHECK(last < leaver.now() + 13 * 24 * kHour);
  CHECK(last - first > 4 * 24 * kHour);  // not once in 10^15 runs
  CHECK(author.get("/api/v1/feeds/unlinked").at("/data/feeds/0/removeAt").is_string());
  CHECK(author.get("/api/v1/comments/unlinked").at("/data/comments/0/removeAt").is_string());
  CHECK(other.get("/api/v1/feeds").body.find("removeAt") == std::string::npos);

  SECTION("asked for again nothing is put off") {
    world.clock.advance(30min);
    CHECK(author.send("DELETE", "/api/v1/feeds/unlinked").at("/data/feeds") == 0);
    CHECK(leaver.moments() == moments);
  }
  SECTION("taken back nothing goes") {
    CHECK(author.post("/api/v1/feeds/unlinked/keep").status == 204);
    CHECK(leaver.moments().empty());
    world.clock.advance(14 * 24h);
    CHECK(leaver.run() == "deleted 0");
    CHECK(leaver.left() == 42);
  }
  SECTION("each goes when it is due, and no sooner") {
    auto in_order = moments;
    std::ranges::sort(in_order);
    std::int64_t gone = 0;
    for (const auto moment : in_order) {
      world.clock.advance(std::chrono::milliseconds(moment - leaver.now() - 1));
      CHECK(leaver.left() == 42 - gone);
      CHECK(leaver.run() == "deleted 0");
      world.clock.advance(1ms);
      CHECK(leaver.run() == "deleted 1");
      ++gone;
    }
    CHECK(leaver.moments().empty());
    other.post("/api/token");
    CHECK(posts_in(other.get("/api/v1/feeds")) == ids({theirs, linked}));
    CHECK(world.number("SELECT COUNT(*) FROM posts") == 22);  // as if the author had deleted them
  }
  SECTION("what the author deletes first is deleted already") {
    const auto newest = posts_in(author.get("/api/v1/feeds/unlinked")).front();
    CHECK(author.send("DELETE", "/api/v1/feeds/" + std::to_string(newest)).status == 200);
    leaver.run_all();
    CHECK(leaver.left() == 2);
  }
  SECTION("who left meanwhile leaves nothing of it") {
    const core::Parts parts;
    world.database.write([&](storage::Connection& c) { parts.life_cycle.remove(c, author_id); });
    CHECK(leaver.moments().size() == 40);
    leaver.run_all();
    CHECK(world.number("SELECT COUNT(*) FROM posts") == 1);
    CHECK(world.number("SELECT COUNT(*) FROM comments") == 0);
    CHECK(world.number("SELECT COUNT(*) FROM unlinked_posts WHERE user_id IS NULL") == 0);
  }
  CHECK(world.counts_are_right());
}

TEST_CASE("What came due while nothing ran does not disappear together either") {
  Leaver leaver(ON_EACH_DATABASE());
  auto& [world, author_id, author, other] = leaver;
  for (int i = 0; i < 20; ++i) write_unlinked(author);
  author.send("DELETE", "/api/v1/feeds/unlinked");
  world.clock.advance(14 * 24h);
  CHECK(leaver.run() == "deleted 0");
  const auto moments = leaver.moments();
  CHECK(std::set(moments.begin(), moments.end()).size() == 20);
  const auto [first, last] = std::ranges::minmax(moments);
  CHECK(first > leaver.now());
  CHECK(last < leaver.now() + 24 * kHour);
  leaver.run_all();
  CHECK(leaver.left() == 0);
}

TEST_CASE("A clock that is wrong deletes nothing, and keeps nothing for ever") {
  Leaver leaver(ON_EACH_DATABASE());
  auto& [world, author_id, author, other] = leaver;
  write_unlinked(author);
  SECTION("not confirmed") {
    author.send("DELETE", "/api/v1/feeds/unlinked");
    world.node.trust.confirm(false);
    world.clock.jump(13 * 24h);
    const auto refused = world.node.scheduler().run_now(kJob);
    REQUIRE_FALSE(refused);
    CHECK(refused.failure().kind == FailureKind::unavailable);
    CHECK(leaver.left() == 1);
  }
  SECTION("ahead when it was asked for") {
    world.clock.jump(10 * 365 * 24h);
    world.execute("UPDATE unlinked_posts SET remove_at = " +
                  std::to_string((world.clock.now() + 5h).time_since_epoch().count()));
    world.clock.jump(-10 * 365 * 24h);
    CHECK(leaver.run() == "deleted 0");
    CHECK(leaver.moments().at(0) < leaver.now() + 24 * kHour);
  }
}

TEST_CASE("However much somebody wrote, all of it gets its moment") {
  Leaver leaver(ON_EACH_DATABASE());
  auto& [world, author_id, author, other] = leaver;
  const auto first = write_unlinked(author);
  world.execute(
      "INSERT INTO posts (user_id, author, author_type, content, created_at, updated_at) WITH RECURSIVE n (i) AS "
      "(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 700) SELECT -2, '', 1, 'x', 1, 1 FROM n");
  world.execute("INSERT INTO unlinked_posts (post_id, user_id) SELECT id, " + std::to_string(author_id.value) +
                " FROM posts WHERE id > " + first);
  CHECK(author.send("DELETE", "/api/v1/feeds/unlinked").at("/data/feeds") == 701);
  CHECK(leaver.moments().size() == 701);
  CHECK(author.post("/api/v1/feeds/unlinked/keep").status == 204);
  CHECK(leaver.moments().empty());
}
