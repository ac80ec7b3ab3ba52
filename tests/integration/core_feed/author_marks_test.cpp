#include "core/feed/author_marks.hpp"

#include "core/feed/author_mark_store.hpp"
#include "core/parts.hpp"
#include "support/core/beside.hpp"
#include "support/core/feed_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::core;
using namespace dontgoback::test;
using accounts::AccountStatus;

namespace {

const std::string kCountPosts = "SELECT COUNT(*) FROM posts WHERE hidden = ";
const std::string kCountComments = "SELECT COUNT(*) FROM comments WHERE hidden = ";
const std::string kNotes = "SELECT COUNT(*) FROM authors_to_mark";

/// An author with more rows than one transaction marks, and a reader's own post and comment among them.
struct Prolific {
  static constexpr int kOnes = feed::kMarkedAtOnce + 200;

  explicit Prolific(World& of, int posts = kOnes, int comments = kOnes) : world(of), author(world.node.create_user()) {
    post = write_post(reader);
    comment = write_comment(reader, post);
    world.database.write([&](storage::Connection& c) {
      for (int i = 0; i < posts; ++i) {
        c.execute(
            "INSERT INTO posts (user_id, author, author_type, content, created_at, updated_at) "
            "VALUES (:author, '1만', 1, 'x', 0, 0)",
            author);
      }
      for (int i = 0; i < comments; ++i) {
        c.execute(
            "INSERT INTO comments (post_id, user_id, author, author_type, content, created_at, updated_at) "
            "VALUES (:post, :author, '1만', 1, 'x', 0, 0)",
            std::stoll(post), author);
      }
    });
  }

  void set_status(AccountStatus status) {
    world.database.write(
        [&](storage::Connection& c) { parts.life_cycle.set_status(c, author, status, "test", world.clock.now()); });
  }
  /// One slice of the job.
  bool mark_more() { return world.database.write(feed::mark_more); }
  void run_job() { REQUIRE(world.node.scheduler().run_now("author-marks").has_value()); }

  std::size_t posts_listed() { return posts_in(reader.get("/api/v1/feeds?size=50")).size(); }
  std::size_t comments_listed() { return comments_in(reader.get("/api/v1/comments/" + post + "?size=50")).size(); }

  World& world;
  core::Parts parts;
  Browser reader = world.node.guest();
  UserId author;
  std::string post, comment;
};

}  // namespace

TEST_CASE("What a hidden author wrote leaves the lists at once, and its rows are marked slice by slice") {
  World world(ON_EACH_DATABASE());
  Prolific prolific(world);
  const auto status = GENERATE(AccountStatus::suspended, AccountStatus::inactive, AccountStatus::close_requested);
  REQUIRE(prolific.posts_listed() == 50);

  prolific.set_status(status);
  CHECK(world.number(kCountPosts + "1") == feed::kMarkedAtOnce);
  CHECK(world.number(kCountComments + "1") == feed::kMarkedAtOnce);
  CHECK(world.number("SELECT MIN(id) FROM posts WHERE hidden = 1") >
        world.number("SELECT MAX(id) FROM posts WHERE hidden = 0"));  // the newest first
  CHECK(prolific.posts_listed() == 1);
  CHECK(prolific.comments_listed() == 1);
  CHECK(world.number(kNotes) == 1);

  prolific.run_job();
  CHECK(world.number(kCountPosts + "1") == Prolific::kOnes);
  CHECK(world.number(kCountComments + "1") == Prolific::kOnes);
  CHECK(world.number(kNotes) == 0);
  CHECK(prolific.posts_listed() == 1);
  CHECK_FALSE(prolific.mark_more());

  SECTION("lifted, the newest are back at once and the others after them") {
    prolific.set_status(AccountStatus::active);
    CHECK(prolific.posts_listed() == 50);
    CHECK(prolific.comments_listed() == 50);
    CHECK(world.number(kCountPosts + "1") == Prolific::kOnes - feed::kMarkedAtOnce);
    prolific.run_job();
    CHECK(world.number(kCountPosts + "1") == 0);
    CHECK(world.number(kCountComments + "1") == 0);
    CHECK(world.number(kNotes) == 0);
  }
  SECTION("signed in again they are back, too") {
    if (status == AccountStatus::suspended) return;  // cannot
    world.database.write(
        [&](storage::Connection& c) { prolific.parts.life_cycle.signed_in(c, prolific.author, world.clock.now()); });
    CHECK(prolific.posts_listed() == 50);
  }
  SECTION("removed, neither its rows nor a note are left") {
    prolific.set_status(AccountStatus::active);
    REQUIRE(world.number(kNotes) == 1);
    world.database.write([&](storage::Connection& c) { prolific.parts.life_cycle.remove(c, prolific.author); });
    CHECK(world.number(kNotes) == 0);
    CHECK(world.number("SELECT COUNT(*) FROM posts") == 1);
  }
}

TEST_CASE("An author who is hidden and shown again while its rows are being marked ends as the account says") {
  World world(ON_EACH_DATABASE());
  Prolific prolific(world);
  prolific.set_status(AccountStatus::suspended);
  prolific.set_status(AccountStatus::active);  // before the rest of it was marked
  CHECK(prolific.posts_listed() == 50);
  CHECK(world.number(kCountPosts + "1") == 0);
  prolific.run_job();
  CHECK(world.number(kCountPosts + "1") == 0);
  CHECK(world.number(kCountComments + "1") == 0);

  prolific.set_status(AccountStatus::suspended);
  prolific.run_job();
  prolific.set_status(AccountStatus::active);
  prolific.set_status(AccountStatus::suspended);
  prolific.run_job();
  CHECK(world.number(kCountPosts + "0") == 1);
  CHECK(world.number(kCountComments + "0") == 1);
}

TEST_CASE("Posts and comments are marked to the last, whichever there are more of and however full the last slice is") {
  World world(ON_EACH_DATABASE());
  const auto [posts, comments] =
      GENERATE(table<int, int>({{feed::kMarkedAtOnce + 1, 1}, {1, feed::kMarkedAtOnce + 1}, {feed::kMarkedAtOnce, 0}}));
  CAPTURE(posts, comments);
  Prolific prolific(world, posts, comments);
  for (const bool hidden : {true, false}) {
    CAPTURE(hidden);
    prolific.set_status(hidden ? AccountStatus::suspended : AccountStatus::active);
    prolific.run_job();
    CHECK(world.number(kCountPosts + "1") == (hidden ? posts : 0));
    CHECK(world.number(kCountComments + "1") == (hidden ? comments : 0));
    CHECK(world.number(kNotes) == 0);
  }
}

TEST_CASE("What was deleted stays out of the lists whatever becomes of its author") {
  World world(ON_EACH_DATABASE());
  const auto id = world.node.create_user();
  auto author = world.node.signed_in(id);
  auto reader = world.node.guest();
  const auto post = write_post(author);
  write_post(author);
  REQUIRE(author.send("DELETE", "/api/v1/feeds/" + post).status == 200);
  const core::Parts parts;
  for (const auto status : {AccountStatus::suspended, AccountStatus::active}) {
    world.database.write(
        [&](storage::Connection& c) { parts.life_cycle.set_status(c, id, status, "test", world.clock.now()); });
    CHECK(posts_in(reader.get("/api/v1/feeds")).size() == (status == AccountStatus::active ? 1 : 0));
  }
}

TEST_CASE("A slice that is marked beside another change of its author does what that one wants, and all of it") {
  World world(storage::Dialect::mysql);
  Prolific prolific(world);
  prolific.set_status(AccountStatus::suspended);
  REQUIRE(world.number(kNotes) == 1);
  const auto back = [&](storage::Connection& c) {
    prolific.parts.life_cycle.set_status(c, prolific.author, AccountStatus::active, "test", world.clock.now());
  };
  CHECK(beside(world, back, [&] { return prolific.mark_more(); }));
  prolific.run_job();
  CHECK(world.number(kCountPosts + "1") == 0);
  CHECK(world.number(kCountComments + "1") == 0);
  CHECK(world.number(kNotes) == 0);
}
