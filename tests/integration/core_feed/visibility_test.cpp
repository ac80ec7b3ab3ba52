#include "core/feed/visibility.hpp"

#include <algorithm>

#include "core/feed/comment_store.hpp"
#include "core/feed/post_store.hpp"
#include "support/core/feed_talk.hpp"
#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::core;
using namespace dontgoback::test;

namespace {

constexpr std::array kStatuses{"0", "1", "2", "3"};  // accounts::AccountStatus

/// A post with a comment and a reply, each by an account of its own.
struct Thread {
  explicit Thread(World& of) : world(of) {
    for (auto& author : authors) author = world.node.create_user();
    auto poster = world.node.signed_in(authors[0]);
    auto commenter = world.node.signed_in(authors[1]);
    auto replier = world.node.signed_in(authors[2]);
    post = write_post(poster);
    comment = write_comment(commenter, post);
    reply = write_comment(replier, post, "답글", comment);
  }

  void set_author(std::size_t author, std::string_view status) {
    world.execute("UPDATE accounts SET status = " + std::string(status) +
                  " WHERE id = " + std::to_string(authors[author].value));
  }
  void set_deleted(std::string_view table, std::string_view id, bool deleted) {
    world.execute("UPDATE " + std::string(table) + " SET deleted_at = " + (deleted ? "1" : "NULL") +
                  " WHERE id = " + std::string(id));
  }

  World& world;
  std::array<UserId, 3> authors;
  std::string post, comment, reply;
};

/// Whether the lists, the single look-up and the rule of what was read say the same of the post.
void check_post(Thread& thread, Browser& reader, bool visible) {
  const feed::PostId id{std::stoll(thread.post)};
  thread.world.database.write([&](storage::Connection& c) {
    CHECK(feed::hold_post(c, id)->visible() == visible);
    CHECK(feed::is_post_visible(c, id, UserId{}) == visible);
  });
  CHECK(post_of(reader, thread.post).status == (visible ? 200 : 404));
  CHECK(posts_in(reader.get("/api/v1/feeds")).size() == (visible ? 1 : 0));
}

/// The same of a comment, which `list` shows.
void check_comment(Thread& thread, Browser& reader, const std::string& id, const std::string& list, bool visible) {
  thread.world.database.write([&](storage::Connection& c) {
    CHECK(feed::hold_comment(c, {std::stoll(id)})->visible() == visible);
    CHECK(feed::find_comment(c, {std::stoll(id)})->visible() == visible);
  });
  const auto shown = reader.get(list);
  CHECK((shown.status == 200 && std::ranges::count(comments_in(shown), std::stoll(id)) == 1) == visible);
  CHECK(reader.send("PUT", "/api/v1/commentLikes/" + id).status == (visible ? 200 : 404));
}

}  // namespace

TEST_CASE("A post is visible while it is not deleted and its author is ACTIVE, wherever it is asked for") {
  World world(ON_EACH_DATABASE());
  Thread thread(world);
  auto reader = world.node.guest();
  for (const auto* status : kStatuses) {
    for (const bool deleted : {false, true}) {
      INFO("author " << status << ", deleted " << deleted);
      thread.set_author(0, status);
      thread.set_deleted("posts", thread.post, deleted);
      check_post(thread, reader, !deleted && status == std::string_view("0"));
    }
  }
}

TEST_CASE("A comment or a reply is visible while the same is true of it, and its post is visible") {
  World world(ON_EACH_DATABASE());
  Thread thread(world);
  auto reader = world.node.guest();
  const auto list = "/api/v1/comments/" + thread.post;
  const bool is_reply = GENERATE(false, true);
  const auto& id = is_reply ? thread.reply : thread.comment;
  for (const auto* status : kStatuses) {
    for (const auto* posters : {"0", "3"}) {
      for (const bool post_deleted : {false, true}) {
        for (const bool deleted : {false, true}) {
          INFO("author " << status << ", deleted " << deleted << ", post's author " << posters << ", post deleted "
                         << post_deleted);
          thread.set_author(is_reply ? 2 : 1, status);
          thread.set_author(0, posters);
          thread.set_deleted("posts", thread.post, post_deleted);
          thread.set_deleted("comments", id, deleted);
          const bool visible =
              !deleted && !post_deleted && std::string_view(status) == "0" && std::string_view(posters) == "0";
          check_comment(thread, reader, id, list, visible);
          check_comment(thread, reader, id, list + (is_reply ? "?parentCommentId=" + thread.comment : "?view=threads"),
                        visible);
        }
      }
    }
  }
}
