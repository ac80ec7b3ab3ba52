#include <future>

#include "core/parts.hpp"
#include "unlinked_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::core;
using namespace dontgoback::test;

namespace {

void merge(World& world, UserId from, UserId to) {
  const core::Parts parts;
  world.database.write([&](storage::Connection& c) { parts.life_cycle.merge(c, from, to); });
}

}  // namespace

TEST_CASE("In one thread somebody has one face, fixed by the first word") {
  Walk walk(ON_EACH_DATABASE());
  auto& [world, stranger_id, author_id, stranger, author] = walk;
  auto third = world.node.signed_in(world.node.create_user());
  const auto post = write_unlinked(author);
  const auto path = "/api/v1/feeds/" + post;
  CHECK_THAT(author.get(path).body,
             Catch::Contains(R"("myFace":{"unlinked":true,"author":"익명","type":"BLUE","number":0})"));

  CHECK(face(stranger, post, write_comment(author, post)) == 0);  // absent: as it has spoken
  CHECK(say(author, post, false).status == 409);
  CHECK(say(author, post, true).status == 201);
  const auto first = write_comment(stranger, post);  // absent: linked, the first time
  CHECK(face(third, post, first) == 1);
  CHECK(say(stranger, post, true).status == 409);
  CHECK(say(stranger, post, true, first).status == 409);
  CHECK(say(stranger, post, false, first).status == 201);
  CHECK_THAT(stranger.get(path).body,
             Catch::Contains(R"("myFace":{"unlinked":false,"author":"1000만","type":"BLUE","number":1})"));
  const auto second = say_unlinked(third, post, first);
  CHECK(face(stranger, post, second) == 2);
  CHECK(say(third, post, false).status == 409);
  CHECK(world.number("SELECT comment_count FROM posts WHERE id = " + post) == 5);
  CHECK(world.number("SELECT reply_count FROM comments WHERE id = " + first) == 2);

  // A linked face has the name of each day, an unlinked one keeps its own.
  world.execute("UPDATE faces SET author = '990만대', author_type = 0 WHERE unlinked = 1");
  world.execute("UPDATE accounts SET amount = 5000000, multiplier = 1");
  const auto linked = stranger.post("/api/v1/comments", comment_body(post, "또"));
  CHECK(linked.at("/data/author") == "500만");
  CHECK(linked.at("/data/commentType") == "RED");
  CHECK(linked.at("/data/userId") == stranger_id.value);
  const auto unlinked = third.post("/api/v1/comments", comment_body(post, "또"));
  CHECK(unlinked.at("/data/author") == "990만대");
  CHECK(unlinked.at("/data/userId") == 0);
  CHECK(unlinked.at("/data/face") == 2);
  CHECK(third.get(path).at("/data/myFace/author") == "990만대");

  // Elsewhere they are somebody else.
  const auto other = write_post(stranger);
  CHECK(say(stranger, other, true).status == 409);
  const auto own = write_comment(stranger, other);
  CHECK(face(author, other, own) == 0);
  CHECK(face(author, other, say_unlinked(author, other)) == 1);
  CHECK(world.counts_are_right());
}

TEST_CASE("Who speaks in several ways at once has one face still, and no two have the same") {
  Walk walk(ON_EACH_DATABASE());
  auto& [world, stranger_id, author_id, stranger, author] = walk;
  const auto post = write_unlinked(author);
  std::vector<UserId> speakers;
  for (int i = 0; i < 4; ++i) speakers.push_back(world.node.create_user());
  std::vector<std::future<void>> speaking;
  for (int i = 0; i < 12; ++i) {
    auto browser = world.node.signed_in(speakers[static_cast<std::size_t>(i) % speakers.size()]);
    speaking.push_back(std::async(
        std::launch::async, [post, i, browser = std::move(browser)]() mutable { say(browser, post, i % 2 == 0); }));
  }
  for (auto& each : speaking) each.get();
  CHECK(world.number("SELECT COUNT(*) FROM faces") == 5);
  CHECK(world.number("SELECT COUNT(DISTINCT user_id) FROM faces") == 5);
  CHECK(world.number("SELECT MAX(number) FROM faces") == 4);
  CHECK(world.counts_are_right());
}

TEST_CASE("A guest's unlinked writing becomes the member's, who keeps the face that it had") {
  Walk walk(ON_EACH_DATABASE());
  auto& [world, stranger_id, author_id, stranger, author] = walk;
  auto guest = world.node.guest();
  const auto guest_id = id_of(guest);
  const auto post = write_unlinked(guest);
  const auto own = write_post(author);
  const auto theirs = write_post(stranger);
  const auto in_own = say_unlinked(guest, own);        // below what is the member's: who is its author already
  const auto in_theirs = say_unlinked(guest, theirs);  // where the member has not spoken
  const auto both = write_post(stranger);
  say_unlinked(guest, both);
  write_comment(author, both);
  const auto linked = write_post(guest);  // the member has spoken there, the guest has not below its own
  say_unlinked(author, linked);
  const auto spoken = write_post(guest);
  write_comment(guest, spoken);
  merge(world, guest_id, author_id);

  CHECK(owner<feed::PostId>(world, post) == author_id);
  CHECK(owner<feed::CommentId>(world, in_own) == author_id);
  CHECK(posts_in(author.get("/api/v1/feeds/unlinked")) == ids({post}));
  CHECK(comments_in(author.get("/api/v1/comments/unlinked")).size() == 4);
  const auto speaks = [&](const std::string& where) {
    const auto said = author.post("/api/v1/comments", comment_body(where, "또"));
    CHECK(said.status == 201);
    return std::pair(said.number("/data/face"), said.body.find("\"unlinked\":true") != std::string::npos);
  };
  CHECK(speaks(post) == std::pair(std::int64_t{0}, true));
  CHECK(speaks(own) == std::pair(std::int64_t{0}, false));
  CHECK(speaks(theirs) == std::pair(std::int64_t{1}, true));
  CHECK(speaks(both) == std::pair(std::int64_t{2}, false));
  CHECK(speaks(linked) == std::pair(std::int64_t{1}, true));
  CHECK(speaks(spoken) == std::pair(std::int64_t{0}, false));
  CHECK(world.number("SELECT COUNT(*) FROM faces WHERE user_id = " + std::to_string(guest_id.value)) == 0);
  CHECK(world.counts_are_right());
}
