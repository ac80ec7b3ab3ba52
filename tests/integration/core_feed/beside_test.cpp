#include "support/core/beside.hpp"

#include "core/feed/comments.hpp"
#include "core/feed/likes.hpp"
#include "core/feed/posts.hpp"
#include "core/parts.hpp"
#include "support/core/feed_talk.hpp"

// What happens beside a write: between its request's look and the write, or while the write waits.
using namespace dontgoback;
using namespace dontgoback::core;
using namespace dontgoback::test;
using accounts::AccountStatus;

namespace {

void set_status(World& world, UserId user, AccountStatus status) {
  const Parts parts;
  world.database.write(
      [&](storage::Connection& c) { parts.life_cycle.set_status(c, user, status, "test", world.clock.now()); });
}

/// A change that another makes at the same time.
std::function<void(storage::Connection&)> deleting(std::string_view table, std::string_view id) {
  return [sql = "UPDATE " + std::string(table) + " SET deleted_at = 1 WHERE id = " + std::string(id)](
             storage::Connection& connection) { connection.execute(sql); };
}

}  // namespace

TEST_CASE("Whose account was suspended since the request was looked at writes and likes nothing") {
  World world(ON_EACH_DATABASE());
  const Parts parts;
  const auto user = world.node.create_user();
  auto reader = world.node.guest();
  const auto post = write_post(reader);
  const auto comment = write_comment(reader, post);
  const auto now = world.clock.now();
  const auto writes = [&](std::optional<std::string> below = {}) {
    return world.database.write([&](storage::Connection& c) {
      if (!below) return feed::write_post(c, parts.directory, parts.listeners, user, {"글"}, now, {}).failure();
      std::optional<feed::CommentId> parent;
      if (!below->empty()) parent = feed::CommentId{std::stoll(*below)};
      return feed::write_comment(c, parts.directory, parts.listeners, user, {{std::stoll(post)}, parent, "댓글"}, now,
                                 {})
          .failure();
    });
  };
  const auto likes = [&](auto thing) {
    return world.database.write([&](storage::Connection& c) {
      const feed::Liking liking{parts.directory, parts.listeners, user, feed::LikeChange::add, now, {}};
      return feed::change_like(c, thing, liking).failure();
    });
  };
  set_status(world, user, GENERATE(AccountStatus::suspended, AccountStatus::inactive, AccountStatus::close_requested));
  CHECK(writes().kind == FailureKind::forbidden);
  CHECK(writes("").kind == FailureKind::forbidden);
  CHECK(writes(comment).kind == FailureKind::forbidden);
  CHECK(likes(feed::PostId{std::stoll(post)}).kind == FailureKind::forbidden);
  CHECK(likes(feed::CommentId{std::stoll(comment)}).kind == FailureKind::forbidden);
  CHECK(world.number("SELECT COUNT(*) FROM posts") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM comments") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM notifications") == 0);
  CHECK(world.counts_are_right());
}

TEST_CASE("A hidden author's replies go with the comment they stand below, and do not come back with the author") {
  World world(ON_EACH_DATABASE());
  const auto author = world.node.create_user();
  auto replier = world.node.signed_in(author);
  auto reader = world.node.guest();
  const auto post = write_post(reader);
  const auto comment = write_comment(reader, post);
  write_comment(reader, post, "답글", comment);
  const auto reply = write_comment(replier, post, "답글", comment);
  set_status(world, author, AccountStatus::suspended);

  CHECK(reader.send("DELETE", "/api/v1/comments/" + comment).status == 200);
  CHECK(world.counts_are_right());
  set_status(world, author, AccountStatus::active);
  CHECK(comments_in(reader.get("/api/v1/comments/" + post)).empty());
  CHECK(reader.send("PUT", "/api/v1/commentLikes/" + reply).status == 404);
  CHECK(post_of(reader, post).number("/data/commentCount") == 0);
}

TEST_CASE("What is deleted beside a change of it is not changed") {
  World world(storage::Dialect::mysql);
  auto author = world.node.guest();
  const auto post = write_post(author);
  const auto comment = write_comment(author, post);
  struct Case {
    std::string method, target, body;
    bool of_post;
  };
  const std::vector<Case> cases{
      {"POST", "/api/v1/comments", comment_body(post, "댓글"), true},
      {"PATCH", "/api/v1/feeds/" + post, text_body("새 글"), true},
      {"PUT", "/api/v1/feedLikes/" + post, "", true},
      {"DELETE", "/api/v1/feeds/" + post, "", true},
      {"POST", "/api/v1/comments", comment_body(post, "답글", comment), false},
      {"PATCH", "/api/v1/comments/" + comment, text_body("새 댓글"), false},
      {"PUT", "/api/v1/commentLikes/" + comment, "", false},
      {"DELETE", "/api/v1/comments/" + comment, "", false},
  };
  for (const auto& [method, target, body, of_post] : cases) {
    INFO(method << ' ' << target << ' ' << body);
    const std::string table = of_post ? "posts" : "comments";
    const auto answer =
        beside(world, deleting(table, of_post ? post : comment), [&] { return author.send(method, target, body); });
    CHECK(answer.status == (method == "DELETE" ? 400 : 404));
    world.execute("UPDATE " + table + " SET deleted_at = NULL");
  }
  CHECK(world.number("SELECT COUNT(*) FROM comments") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM post_likes") + world.number("SELECT COUNT(*) FROM comment_likes") == 0);
  CHECK(world.number("SELECT COUNT(*) FROM posts WHERE content <> '글'") == 0);
  CHECK(world.number("SELECT COUNT(*) FROM comments WHERE content <> '댓글'") == 0);
  CHECK(world.counts_are_right());
}

TEST_CASE("Who is suspended, or removed, beside a write of theirs writes nothing") {
  World world(storage::Dialect::mysql);
  const Parts parts;
  auto reader = world.node.guest();
  const auto post = write_post(reader);
  const auto comment = write_comment(reader, post);
  const bool is_removed = GENERATE(true, false);
  CAPTURE(is_removed);
  struct Case {
    std::string method, target, body;
    Browser::Fields fields;
  };
  const std::vector<Case> cases{
      {"POST", "/api/v1/feeds", text_body("글"), {}},
      {"POST", "/api/v1/feeds", text_body("글"), {{"Idempotency-Key", "k"}}},
      {"POST", "/api/v1/comments", comment_body(post, "댓글"), {}},
      {"POST", "/api/v1/comments", comment_body(post, "답글", comment), {}},
      {"PUT", "/api/v1/feedLikes/" + post, "", {}},
      {"GET", "/api/v1/feedLikes/" + post, "", {}},
      {"PUT", "/api/v1/commentLikes/" + comment, "", {}},
      {"DELETE", "/api/v1/commentLikes/" + comment, "", {}},
  };
  for (const auto& [method, target, body, fields] : cases) {
    INFO(method << ' ' << target);
    auto writer = world.node.guest();
    const UserId user{world.number("SELECT MAX(id) FROM accounts")};
    const auto change = [&](storage::Connection& c) {
      if (is_removed) return parts.life_cycle.remove(c, user);
      parts.life_cycle.set_status(c, user, AccountStatus::suspended, "test", world.clock.now());
    };
    const auto answer = beside(world, change, [&] { return writer.send(method, target, body, fields); });
    CHECK(answer.status == (is_removed && !fields.empty() ? 404 : 403));
  }
  CHECK(world.number("SELECT COUNT(*) FROM posts") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM comments") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM post_likes") + world.number("SELECT COUNT(*) FROM comment_likes") == 0);
  CHECK(world.counts_are_right());
}
