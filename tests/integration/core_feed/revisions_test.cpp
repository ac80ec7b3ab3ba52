// What a post or comment said before it was edited.
#include "core/feed/revisions.hpp"

#include "unlinked_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t kKept = core::feed::kKeptRevisions;

/// A post or a comment, and where it is.
struct Thing {
  std::string id, path;

  std::string revisions() const { return path + "/revisions"; }
  Answer edit(Browser& browser, std::string_view content) const {
    return browser.send("PATCH", path, text_body(content));
  }
};
Thing post_thing(const std::string& id) { return {id, "/api/v1/feeds/" + id}; }
Thing comment_thing(const std::string& id) { return {id, "/api/v1/comments/" + id}; }

/// One of either kind below which another's words stand, or which stands below another's.
Thing written(Browser& author, Browser& other, bool is_post) {
  return is_post ? post_thing(write_post(author, "첫째"))
                 : comment_thing(write_comment(author, write_post(other), "첫째"));
}

std::vector<std::int64_t> numbers(const Answer& answer) { return numbers_at(answer.body, "/data/revisions", "number"); }

}  // namespace

TEST_CASE("An edit keeps what was said before and when, for its author alone") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto other = world.node.guest();
  const auto thing = written(author, other, GENERATE(true, false));
  CHECK(numbers(author.get(thing.revisions())).empty());

  world.clock.advance(20min);
  REQUIRE(thing.edit(author, "둘째").status == 200);
  world.clock.advance(20min);
  REQUIRE(thing.edit(author, "둘째").status == 200);  // the same text: no edit
  REQUIRE(thing.edit(author, "셋째").status == 200);
  const auto found = author.get(thing.revisions());
  CHECK(found.status == 200);
  CHECK_THAT(
      found.body,
      Catch::EndsWith(R"("data":{"revisions":[{"number":2,"content":"둘째","writtenAt":"2027-01-15T08:20:00.000Z"},)"
                      R"({"number":1,"content":"첫째","writtenAt":"2027-01-15T08:00:00.000Z"}]}})"));

  CHECK(other.get(thing.revisions()).status == 403);
  // Who moderates has a call that the trail knows of (core_moderation).
  CHECK(world.node.signed_in(world.node.create_user("ADMIN")).get(thing.revisions()).status == 403);
  CHECK(world.node.browser().get(thing.revisions()).status == 401);
  const auto nothing = thing.path.substr(0, thing.path.rfind('/')) + "/999999/revisions";
  CHECK(author.get(nothing).status == 404);

  // That it was edited, and when, everybody is told.
  world.clock.advance(20min);
  REQUIRE(thing.edit(author, "넷째").status == 200);
  const auto as_told = author.get(thing.revisions());
  CHECK(numbers(as_told) == std::vector<std::int64_t>{3, 2, 1});
  CHECK(as_told.at("/data/revisions/0/writtenAt") == "2027-01-15T08:40:00.000Z");
}

TEST_CASE("The first text of a thing stays, and of the others the newest") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.signed_in(world.node.create_user());
  auto other = world.node.guest();
  const auto thing = written(author, other, GENERATE(true, false));
  for (int i = 0; i < 25; ++i) REQUIRE(thing.edit(author, "글 " + std::to_string(i)).status == 200);
  const auto found = author.get(thing.revisions());
  auto expected = numbers(found);
  REQUIRE(std::ssize(expected) == kKept);
  CHECK(expected.front() == 25);
  CHECK(expected.at(expected.size() - 2) == 7);
  CHECK(expected.back() == 1);
  CHECK(found.at("/data/revisions/0/content") == "글 23");
  CHECK(found.at("/data/revisions/19/content") == "첫째");
  CHECK(world.number("SELECT (SELECT COUNT(*) FROM post_revisions) + (SELECT COUNT(*) FROM comment_revisions)") ==
        kKept);
}

TEST_CASE("What is out of sight takes its earlier texts along") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.signed_in(world.node.create_user());
  auto other = world.node.guest();
  const bool is_post = GENERATE(true, false);
  const auto thing = written(author, other, is_post);
  REQUIRE(thing.edit(author, "둘째").status == 200);
  if (is_post) {
    REQUIRE(author.send("PUT", thing.path + "/archived").status == 204);
    CHECK(author.get(thing.revisions()).status == 200);
    CHECK(other.get(thing.revisions()).status == 404);
    REQUIRE(author.send("DELETE", thing.path + "/archived").status == 204);
    CHECK(other.get(thing.revisions()).status == 403);
  }
  REQUIRE(author.send("DELETE", thing.path).status == 200);
  CHECK(author.get(thing.revisions()).status == 404);
  CHECK(other.get(thing.revisions()).status == 404);
}

TEST_CASE("Earlier texts of what is unlinked are their author's, and lead nobody to them") {
  World world(ON_EACH_DATABASE());
  number_next_account(world);
  const auto author_id = world.node.create_user();
  REQUIRE(std::to_string(author_id.value) == kTrue);
  auto author = world.node.signed_in(author_id);
  auto other = world.node.guest();
  const auto thing = GENERATE(true, false) ? post_thing(write_unlinked(author))
                                           : comment_thing(say_unlinked(author, write_post(other)));
  REQUIRE(thing.edit(author, "둘째").status == 200);
  const auto own = author.get(thing.revisions());
  CHECK(numbers(own) == std::vector<std::int64_t>{1});
  CHECK(own.body.find(kTrue) == std::string::npos);
  const auto refused = other.get(thing.revisions());
  CHECK(refused.status == 403);
  CHECK(refused.body.find(kTrue) == std::string::npos);

  // When the account goes, the words stay as they are, and nobody is told more.
  const auto rows = [&] {
    return world.number("SELECT (SELECT COUNT(*) FROM post_revisions) + (SELECT COUNT(*) FROM comment_revisions)");
  };
  CHECK(rows() == 1);
  const auto left = author.post("/api/v1/users/me/leave", R"({"kind":"CLOSE"})");
  REQUIRE(left.status == 200);
  world.clock.advance(15 * 24h);
  REQUIRE(world.node.scheduler().run_now("account-purge").value() == "removed 1 accounts");
  CHECK(rows() == 1);
  CHECK(world.node.guest().get(thing.revisions()).status == 403);
}

TEST_CASE("What keeps its place without words keeps no earlier ones") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.signed_in(world.node.create_user());
  auto other = world.node.guest();
  const auto post = post_thing(write_post(author));
  const auto comment = comment_thing(write_comment(author, write_post(other)));
  const auto alone = post_thing(write_post(author));
  write_comment(other, post.id);
  write_comment(other, std::to_string(world.number("SELECT post_id FROM comments WHERE id = " + comment.id)), "답",
                comment.id);
  for (const auto* thing : {&post, &comment, &alone}) REQUIRE(thing->edit(author, "둘째").status == 200);
  REQUIRE(author.post("/api/v1/users/me/leave", R"({"kind":"CLOSE"})").status == 200);
  world.clock.advance(15 * 24h);
  REQUIRE(world.node.scheduler().run_now("account-purge").value() == "removed 1 accounts");
  CHECK(world.number("SELECT COUNT(*) FROM posts WHERE user_id = -1") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM comments WHERE user_id = -1") == 1);
  CHECK(world.number("SELECT (SELECT COUNT(*) FROM post_revisions) + (SELECT COUNT(*) FROM comment_revisions)") == 0);
  CHECK(world.node.guest().get(post.revisions()).status == 403);
}
