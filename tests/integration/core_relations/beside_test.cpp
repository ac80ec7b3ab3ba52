// Blocking in one tab while something is done in another, and while the other does something.
#include "support/core/beside.hpp"

#include <thread>

#include "core/feed/feed.hpp"
#include "core/relations/rules.hpp"
#include "relations_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::core;
using namespace dontgoback::test;

namespace {

/// What the other does with a post of Ann's that she has just blocked it at.
using Act = std::function<Answer(Browser& bob, const std::string& post, const std::string& comment)>;

struct Doing {
  std::string what;
  Act act;
};

const std::vector<Doing>& doings() {
  static const std::vector<Doing> kAll{
      {"likes",
       [](Browser& bob, const auto& post, const auto&) { return bob.send("PUT", "/api/v1/feedLikes/" + post); }},
      {"likes a comment", [](Browser& bob, const auto&,
                             const auto& comment) { return bob.send("PUT", "/api/v1/commentLikes/" + comment); }},
      {"comments", [](Browser& bob, const auto& post,
                      const auto&) { return bob.post("/api/v1/comments", comment_body(post, "댓글")); }},
      {"replies",
       [](Browser& bob, const auto& post, const auto& comment) {
         return bob.post("/api/v1/comments", comment_body(post, "답글", comment));
       }},
  };
  return kAll;
}

}  // namespace

TEST_CASE("What somebody does while they are being blocked waits for the block, and finds nothing") {
  World world(storage::Dialect::mysql);
  Circle circle(world);
  const bool ann_is_older = GENERATE(true, false);
  auto& ann = ann_is_older ? circle.ann : circle.bob;
  auto& bob = ann_is_older ? circle.bob : circle.ann;
  const auto ann_id = ann_is_older ? circle.ann_id : circle.bob_id;
  const auto bob_id = ann_is_older ? circle.bob_id : circle.ann_id;
  const auto post = write_post(ann);
  const auto comment = write_comment(ann, post);
  const auto& doing = GENERATE(from_range(doings()));
  CAPTURE(ann_is_older, doing.what);
  const auto answer = beside(
      world,
      [&](storage::Connection& c) {
        REQUIRE(relations::block(c, circle.parts.turnings, {ann_id, bob_id, world.clock.now()}).has_value());
      },
      [&] { return doing.act(bob, post, comment); });
  CHECK(answer.status == 404);
  CHECK(circle.told(ann) == 0);
  CHECK(world.counts_are_right());
}

TEST_CASE("A block and what the other does at the same moment leave nothing told") {
  World world(ON_EACH_DATABASE());
  Circle circle(world);
  const auto bob_id = circle.of(circle.bob_id);
  const auto ann_id = circle.of(circle.ann_id);
  for (int round = 0; round < 24; ++round) {
    const auto& doing = doings()[static_cast<std::size_t>(round) % doings().size()];
    const bool by_ann = round % 8 < 4;
    CAPTURE(round, doing.what, by_ann);
    const auto post = write_post(circle.ann);
    const auto comment = write_comment(circle.ann, post);
    Answer done, blocked;
    std::thread acting([&] { done = doing.act(circle.bob, post, comment); });
    Browser other_tab = by_ann ? circle.ann : circle.bob;
    std::thread blocking([&] { blocked = other_tab.send("PUT", "/api/v1/blocks/" + (by_ann ? bob_id : ann_id)); });
    acting.join();
    blocking.join();
    CHECK(blocked.status == 204);
    CHECK((done.status == 200 || done.status == 201 || done.status == 404));
    CHECK(circle.told(circle.ann) == 0);
    CHECK(post_of(circle.bob, post).status == 404);
    CHECK(other_tab.send("DELETE", "/api/v1/blocks/" + (by_ann ? bob_id : ann_id)).status == 204);
  }
  CHECK(world.counts_are_right());
}

TEST_CASE("Two tabs of one reader: what one blocks, the other neither finds nor answers from then on") {
  World world(ON_EACH_DATABASE());
  Circle circle(world);
  auto first = circle.ann;
  auto second = circle.ann;
  const auto bob_id = circle.of(circle.bob_id);
  for (int round = 0; round < 12; ++round) {
    CAPTURE(round);
    const auto of_bob = write_post(circle.bob);
    Answer written, blocked;
    std::thread writing([&] { written = second.post("/api/v1/comments", comment_body(of_bob, "댓글")); });
    std::thread blocking([&] { blocked = first.send("PUT", "/api/v1/blocks/" + bob_id); });
    writing.join();
    blocking.join();
    CHECK(blocked.status == 204);
    CHECK((written.status == 201 || written.status == 404));
    CHECK(second.post("/api/v1/comments", comment_body(of_bob, "댓글")).status == 404);
    CHECK(circle.told(circle.bob) == 0);
    CHECK(circle.feed(second).empty());
    // What she said in that moment is hers, and she can take it back.
    if (written.status == 201) {
      CHECK(second.send("DELETE", "/api/v1/comments/" + id_in(written, "commentId")).status == 200);
    }
    CHECK(first.send("DELETE", "/api/v1/blocks/" + bob_id).status == 204);
    CHECK(circle.bob.send("DELETE", "/api/v1/feeds/" + of_bob).status == 200);
  }
  CHECK(world.counts_are_right());
}

TEST_CASE("Two who block each other at the same moment both do") {
  World world(ON_EACH_DATABASE());
  Circle circle(world);
  for (int round = 0; round < 12; ++round) {
    Answer one, two;
    std::thread first([&] { one = circle.ann.send("PUT", "/api/v1/blocks/" + circle.of(circle.bob_id)); });
    std::thread second([&] { two = circle.bob.send("PUT", "/api/v1/blocks/" + circle.of(circle.ann_id)); });
    first.join();
    second.join();
    // Who comes second is blocked already, and is told that there is nobody.
    CHECK((one.status == 204 || two.status == 204));
    CHECK(one.status + two.status == (one.status == two.status ? 408 : 204 + 404));
    circle.take(circle.ann, "blocks/" + circle.of(circle.bob_id));
    circle.take(circle.bob, "blocks/" + circle.of(circle.ann_id));
    CHECK(world.number("SELECT COUNT(*) FROM relations") == 0);
  }
}
