#include "core/feed/unlinked.hpp"

#include "core/feed/feed.hpp"
#include "core/parts.hpp"
#include "unlinked_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::core;
using namespace dontgoback::test;
using namespace std::chrono_literals;
using accounts::AccountStatus;

namespace {

void set_status(World& world, UserId user, AccountStatus status) {
  const core::Parts parts;
  world.database.write(
      [&](storage::Connection& c) { parts.life_cycle.set_status(c, user, status, "test", world.clock.now()); });
}

void remove(World& world, UserId user) {
  const core::Parts parts;
  world.database.write([&](storage::Connection& c) { parts.life_cycle.remove(c, user); });
}

}  // namespace

TEST_CASE("What is written unlinked is nobody's in the answers of strangers, and its author's own in its own") {
  Walk walk(ON_EACH_DATABASE());
  auto& [world, stranger_id, author_id, stranger, author] = walk;
  world.execute("UPDATE accounts SET role = 2 WHERE id = 987654321");
  const auto linked = write_post(author);
  const auto created = author.post("/api/v1/feeds", flag(text_body("몰래"), true));
  REQUIRE(created.status == 201);
  CHECK(created.at("/data/isMine") == true);
  CHECK(created.body.find(kTrue) == std::string::npos);
  const auto post = id_in(created, "feedId");
  const auto comment = say_unlinked(author, post);

  const auto seen = walk.ask("/api/v1/feeds/" + post);
  CHECK(seen.status == 200);
  CHECK(seen.at("/data/userId") == 0);
  CHECK(seen.at("/data/unlinked") == true);
  CHECK(seen.at("/data/userRole") == "USER");
  CHECK(seen.at("/data/author") == "익명");
  CHECK(seen.at("/data/feedType") == "BLUE");
  CHECK(seen.body.find("myFace") == std::string::npos);
  CHECK(stranger.send("GET", "/api/v1/feeds/" + post, {}, {{"Accept-Language", "en"}}).at("/data/author") ==
        "Anonymous");
  const auto below = walk.ask("/api/v1/comments/" + post);
  CHECK(below.at("/data/comments/0/userId") == 0);
  CHECK(below.at("/data/comments/0/unlinked") == true);
  CHECK(below.at("/data/comments/0/face") == 0);
  walk.ask(
      "/api/v1/search/feeds?q="
      "%EB%AA%B0%EB%9E%98");
  CHECK(posts_in(walk.ask("/api/v1/feeds/unlinked")).empty());
  CHECK(comments_in(walk.ask("/api/v1/comments/unlinked")).empty());

  // What is linked is as ever.
  const auto all = stranger.get("/api/v1/feeds");
  CHECK(posts_in(all) == ids({post, linked}));
  CHECK(all.at("/data/feeds/1/userId") == 987654321);
  CHECK(all.body.find(kTrue) == all.body.rfind(kTrue));
  CHECK(posts_in(stranger.get(std::string("/api/v1/feeds/profile?userId=") + kTrue)) == ids({linked}));
  CHECK(comments_in(author.get("/api/v1/comments/mine")).empty());

  CHECK(posts_in(author.get("/api/v1/feeds/unlinked")) == ids({post}));
  CHECK(comments_in(author.get("/api/v1/comments/unlinked")) == ids({comment}));
  const auto own = author.get("/api/v1/feeds");
  CHECK(own.at("/data/feeds/0/isMine") == true);
  CHECK(own.at("/data/feeds/1/isMine") == true);
  CHECK(author.get("/api/v1/comments/" + post).at("/data/comments/0/isMine") == true);
  CHECK(owner<feed::PostId>(world, post) == author_id);
  CHECK(owner<feed::CommentId>(world, comment) == author_id);
  CHECK(owner<feed::PostId>(world, linked) == author_id);
  CHECK(owner<feed::PostId>(world, "99") == std::nullopt);
}

TEST_CASE("Only who wrote it unlinked edits, deletes or archives it, as ever") {
  Walk walk(ON_EACH_DATABASE());
  auto& [world, stranger_id, author_id, stranger, author] = walk;
  auto admin = world.node.signed_in(world.node.create_user("ADMIN"));
  const auto post = write_unlinked(author, "처음");
  const auto path = "/api/v1/feeds/" + post;
  const auto comment = say_unlinked(author, post);
  const auto comment_path = "/api/v1/comments/" + comment;
  for (auto* other : {&stranger, &admin}) {
    CHECK(other->send("PATCH", path, text_body("남의 글")).status == 403);
    CHECK(other->send("DELETE", path).status == 403);
    CHECK(other->send("PUT", path + "/archived").status == 403);
    CHECK(other->send("PATCH", comment_path, text_body("남의 글")).status == 403);
    CHECK(other->send("DELETE", comment_path).status == 403);
  }
  CHECK(author.send("PATCH", path, text_body("고침")).status == 200);
  CHECK(author.send("PATCH", comment_path, text_body("고침")).status == 200);
  CHECK(walk.ask(path).at("/data/content") == "고침");

  CHECK(author.send("PUT", path + "/archived").status == 204);
  CHECK(walk.ask(path).status == 404);
  CHECK(author.get(path).at("/data/withheld/0") == "ARCHIVED");
  CHECK(author.get("/api/v1/feeds/unlinked").at("/data/feeds/0/withheld/0") == "ARCHIVED");
  CHECK(posts_in(author.get("/api/v1/feeds/archived")).empty());
  CHECK(posts_in(author.get("/api/v1/feeds")).empty());
  CHECK(author.send("DELETE", path + "/archived").status == 204);
  CHECK(walk.ask(path).status == 200);

  CHECK(author.send("DELETE", comment_path).status == 200);
  CHECK(author.send("DELETE", comment_path).status == 400);
  CHECK(author.send("DELETE", path).status == 200);
  CHECK(author.send("DELETE", path).status == 400);
  CHECK(walk.ask(path).status == 404);
  CHECK(posts_in(author.get("/api/v1/feeds/unlinked")).empty());
  CHECK(world.counts_are_right());
}

TEST_CASE("What a moderator withholds of it its author still reads, and nobody else") {
  Walk walk(ON_EACH_DATABASE());
  auto& [world, stranger_id, author_id, stranger, author] = walk;
  const auto post = write_unlinked(author);
  const auto comment = say_unlinked(author, write_post(stranger));
  world.database.write([&](storage::Connection& c) {
    CHECK(feed::withhold(c, feed::PostId{std::stoll(post)}, feed::Withheld::moderated));
    CHECK(feed::withhold(c, feed::CommentId{std::stoll(comment)}, feed::Withheld::waiting));
  });
  CHECK(walk.ask("/api/v1/feeds/" + post).status == 404);
  CHECK(author.get("/api/v1/feeds/" + post).at("/data/withheld/0") == "MODERATED");
  CHECK(author.get("/api/v1/feeds/unlinked").at("/data/feeds/0/withheld/0") == "MODERATED");
  CHECK(author.get("/api/v1/comments/unlinked").at("/data/comments/0/withheld/0") == "WAITING");
  CHECK(author.send("PATCH", "/api/v1/feeds/" + post, text_body("고침")).status == 200);
  world.database.write([&](storage::Connection& c) {
    CHECK(feed::release(c, feed::PostId{std::stoll(post)}, feed::Withheld::moderated));
  });
  CHECK(walk.ask("/api/v1/feeds/" + post).status == 200);
  CHECK(world.counts_are_right());
}

TEST_CASE("Neither a block nor what becomes of its author's account shows whose it is") {
  Walk walk(ON_EACH_DATABASE());
  auto& [world, stranger_id, author_id, stranger, author] = walk;
  const auto linked = write_post(author);
  const auto post = write_unlinked(author);
  const auto below = write_post(stranger);
  const auto comment = say_unlinked(author, below);
  const auto is_there = [&] {
    CHECK(walk.ask("/api/v1/feeds/" + post).status == 200);
    CHECK(posts_in(stranger.get("/api/v1/feeds")) == ids({below, post}));
    CHECK(comments_in(walk.ask("/api/v1/comments/" + below)) == ids({comment}));
    CHECK(stranger.get("/api/v1/feeds/" + linked).status == 404);
  };
  SECTION("blocked") {
    REQUIRE(stranger.send("PUT", std::string("/api/v1/blocks/") + kTrue).status == 204);
    is_there();
    CHECK(stranger.send("PUT", "/api/v1/feedLikes/" + post).status == 200);
    CHECK(say(stranger, post, false).status == 201);
  }
  SECTION("gone for a while") {
    set_status(world, author_id, GENERATE(AccountStatus::suspended, AccountStatus::inactive));
    is_there();
  }
  SECTION("gone for good: what others did not see goes, too") {
    const auto deleted = write_unlinked(author);
    author.send("DELETE", "/api/v1/feeds/" + deleted);
    const auto archived = write_unlinked(author);
    author.send("PUT", "/api/v1/feeds/" + archived + "/archived");
    const auto hidden = write_unlinked(author);
    world.database.write([&](storage::Connection& c) {
      feed::withhold(c, feed::PostId{std::stoll(hidden)}, feed::Withheld::moderated);
    });
    const auto taken_back = say_unlinked(author, below);
    author.send("DELETE", "/api/v1/comments/" + taken_back);
    remove(world, author_id);
    is_there();
    CHECK(owner<feed::PostId>(world, post) == std::nullopt);
    CHECK(owner<feed::CommentId>(world, comment) == std::nullopt);
    CHECK(world.number("SELECT COUNT(*) FROM posts") == 3);  // with the hidden one, which may be shown again
    CHECK(world.number("SELECT COUNT(*) FROM comments") == 1);
    CHECK(world.number("SELECT COUNT(*) FROM unlinked_posts") == 0);
    CHECK(world.number("SELECT COUNT(*) FROM unlinked_comments") == 0);
    CHECK(world.number("SELECT COUNT(*) FROM faces WHERE user_id IS NOT NULL") == 0);
    // Its number stays its own.
    auto third = world.node.signed_in(world.node.create_user());
    CHECK(face(stranger, below, comment) == 1);
    CHECK(face(stranger, below, say_unlinked(third, below)) == 2);
  }
  CHECK(world.counts_are_right());
}

TEST_CASE("Who wrote something unlinked only has written, and the purge of guests knows it") {
  World world(ON_EACH_DATABASE());
  auto member = world.node.signed_in(world.node.create_user());
  const auto post = write_post(member);
  auto poster = world.node.guest();
  auto speaker = world.node.guest();
  auto silent = world.node.guest();
  write_unlinked(poster);
  say_unlinked(speaker, post);
  const std::vector asked{id_of(poster), id_of(speaker), id_of(silent)};
  const auto authors = world.database.read([&](storage::Connection& c) { return feed::authors_among(c, asked); });
  CHECK(authors == std::vector{asked[0], asked[1]});
  world.clock.advance(2 * 24h);
  CHECK(world.node.scheduler().run_now("guest-purge").value().starts_with("removed 1 guests"));
  world.clock.advance(13 * 24h);
  CHECK(world.node.scheduler().run_now("guest-purge").value().starts_with("removed 2 guests"));
  CHECK(world.number("SELECT COUNT(*) FROM posts") == 2);
  CHECK(world.number("SELECT COUNT(*) FROM comments") == 1);
  CHECK(world.counts_are_right());
}

TEST_CASE("The flag is true or false, and part of what an idempotency key stands for") {
  Walk walk(ON_EACH_DATABASE());
  auto& [world, stranger_id, author_id, stranger, author] = walk;
  CHECK(author.post("/api/v1/feeds", R"({"content":"글","unlinked":1})").status == 400);
  CHECK(author.post("/api/v1/feeds", R"({"content":"글","unlinked":"true"})").status == 400);
  CHECK(author.post("/api/v1/feeds", R"({"content":"글","unlinked":null})").status == 201);
  const auto once = [&](bool unlinked) {
    return author.send("POST", "/api/v1/feeds", flag(text_body("글"), unlinked), {{"Idempotency-Key", "k"}}).status;
  };
  CHECK(once(true) == 201);
  CHECK(once(true) == 201);
  CHECK(once(false) == 409);
  CHECK(world.number("SELECT COUNT(*) FROM posts") == 2);
}

TEST_CASE("What the author wrote unlinked is read for it in the order of ids, deleted or not") {
  Walk walk(ON_EACH_DATABASE());
  auto& [world, stranger_id, author_id, stranger, author] = walk;
  const auto first = write_unlinked(author, "하나");
  const auto second = write_unlinked(author, "둘");
  write_post(author);
  write_unlinked(stranger);
  author.send("DELETE", "/api/v1/feeds/" + first);
  const auto comment = say_unlinked(author, second);
  world.database.read([&](storage::Connection& c) {
    const auto posts = feed::own_unlinked_posts(c, author_id, feed::PostId{}, 10);
    REQUIRE(posts.size() == 2);
    CHECK(posts[0].content == "하나");
    CHECK(posts[0].deleted_at.has_value());
    CHECK(posts[1].comments == 1);
    CHECK_FALSE(posts[1].remove_at.has_value());
    CHECK(feed::own_unlinked_posts(c, author_id, posts[0].id, 10).size() == 1);
    CHECK(feed::own_posts(c, author_id, feed::PostId{}, 10).size() == 1);
    const auto comments = feed::own_unlinked_comments(c, author_id, feed::CommentId{}, 10);
    REQUIRE(comments.size() == 1);
    CHECK(comments[0].id.value == std::stoll(comment));
    CHECK(comments[0].post.value == std::stoll(second));
  });
}
