#include "core/feed/withholding.hpp"

#include <random>

#include "core/parts.hpp"
#include "support/core/feed_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::core;
using namespace dontgoback::test;
using accounts::AccountStatus;
using feed::CommentId;
using feed::PostId;
using feed::Withheld;

namespace {

constexpr std::array kReasons{Withheld::archived, Withheld::moderated, Withheld::waiting};

/// An author and a reader, who both talk below each other's posts.
struct Talk {
  explicit Talk(World& of) : world(of) {}

  template <class ThingId>
  bool withhold(const std::string& id, Withheld why) {
    return world.database.write(
        [&](storage::Connection& c) { return feed::withhold(c, ThingId{std::stoll(id)}, why); });
  }
  template <class ThingId>
  bool release(const std::string& id, Withheld why) {
    return world.database.write([&](storage::Connection& c) { return feed::release(c, ThingId{std::stoll(id)}, why); });
  }
  void set_status(UserId user, AccountStatus status) {
    world.database.write(
        [&](storage::Connection& c) { parts.life_cycle.set_status(c, user, status, "test", world.clock.now()); });
  }
  std::int64_t comment_count(const std::string& post) {
    return author.get("/api/v1/feeds/" + post).number("/data/commentCount");
  }
  std::int64_t hidden(const std::string& table, const std::string& id) {
    return world.number("SELECT hidden FROM " + table + " WHERE id = " + id);
  }

  World& world;
  core::Parts parts;
  UserId author_id = world.node.create_user();
  UserId reader_id = world.node.create_user();
  Browser author = world.node.signed_in(author_id);
  Browser reader = world.node.signed_in(reader_id);
};

}  // namespace

TEST_CASE("A withheld post is to others as if deleted, and its author is told why") {
  World world(ON_EACH_DATABASE());
  Talk talk(world);
  const auto why = GENERATE(Withheld::archived, Withheld::moderated, Withheld::waiting);
  const auto post = write_post(talk.author, "치운 글");
  const auto comment = write_comment(talk.reader, post);
  const auto gone = write_post(talk.author, "지운 글");
  const auto gone_comment = write_comment(talk.reader, gone);
  REQUIRE(talk.author.send("DELETE", "/api/v1/feeds/" + gone).status == 200);

  CHECK(talk.withhold<PostId>(post, why));
  CHECK_FALSE(talk.withhold<PostId>(post, why));
  const auto profile = "/api/v1/feeds/profile?userId=" + std::to_string(talk.author_id.value);
  for (auto* who : {&talk.author, &talk.reader}) {
    CHECK(posts_in(who->get("/api/v1/feeds")).empty());
    CHECK(posts_in(who->get(profile)).empty());
    CHECK(posts_in(who->get(profile + "&type=BLUE")).empty());
  }
  const auto same = [&](std::string_view method, const std::string& path, const std::string& with,
                        const std::string& of_gone, const std::string& body = "",
                        const std::string& body_of_gone = "") {
    INFO(method << ' ' << path);
    const auto answer = talk.reader.send(method, path + with, body);
    const auto deleted = talk.reader.send(method, path + of_gone, body_of_gone);
    CHECK(answer.status == deleted.status);
    CHECK(answer.body == deleted.body);
    CHECK(answer.status >= 400);
  };
  same("GET", "/api/v1/feeds/", post, gone);
  same("GET", "/api/v1/comments/", post, gone);
  same("PUT", "/api/v1/feedLikes/", post, gone);
  same("DELETE", "/api/v1/feedLikes/", post, gone);
  same("PUT", "/api/v1/commentLikes/", comment, gone_comment);
  same("POST", "/api/v1/comments", "", "", comment_body(post, "x"), comment_body(gone, "x"));
  same("PATCH", "/api/v1/feeds/", post, gone, text_body("x"), text_body("x"));
  same("DELETE", "/api/v1/feeds/", post, gone);
  same("PATCH", "/api/v1/comments/", comment, gone_comment, text_body("x"), text_body("x"));

  const auto own = post_of(talk.author, post);
  CHECK(own.status == 200);
  CHECK(own.at("/data/content") == "치운 글");
  CHECK(own.at("/data/withheld/0") == (why == Withheld::archived    ? "ARCHIVED"
                                       : why == Withheld::moderated ? "MODERATED"
                                                                    : "WAITING"));
  CHECK(comments_in(talk.author.get("/api/v1/comments/" + post)).size() == 1);
  CHECK(talk.author.send("PATCH", "/api/v1/feeds/" + post, text_body("고친 글")).status == 200);
  const bool judged_anew = why == Withheld::waiting;  // by its new text, which says nothing to wait for
  CHECK(post_of(talk.reader, post).status == (judged_anew ? 200 : 404));

  CHECK(talk.release<PostId>(post, why) != judged_anew);
  CHECK_FALSE(talk.release<PostId>(post, why));
  CHECK(post_of(talk.reader, post).at("/data/content") == "고친 글");
  CHECK_THAT(post_of(talk.author, post).body, !Catch::Contains("withheld"));
  CHECK(posts_in(talk.reader.get("/api/v1/feeds")).size() == 1);
  CHECK(world.counts_are_right());
}

TEST_CASE("Each reason to withhold is given and taken back alone") {
  World world(ON_EACH_DATABASE());
  Talk talk(world);
  const auto post = write_post(talk.author);
  CHECK(talk.withhold<PostId>(post, Withheld::archived));
  CHECK(talk.withhold<PostId>(post, Withheld::moderated));
  CHECK(talk.release<PostId>(post, Withheld::archived));
  CHECK_FALSE(talk.release<PostId>(post, Withheld::waiting));
  CHECK(post_of(talk.reader, post).status == 404);
  CHECK(post_of(talk.author, post).at("/data/withheld/0") == "MODERATED");
  CHECK(talk.release<PostId>(post, Withheld::moderated));
  CHECK(post_of(talk.reader, post).status == 200);
  REQUIRE(talk.author.send("DELETE", "/api/v1/feeds/" + post).status == 200);
  CHECK_FALSE(talk.withhold<PostId>(post, Withheld::archived));
  CHECK_FALSE(talk.withhold<PostId>("4711", Withheld::archived));
  CHECK_FALSE(talk.release<CommentId>("4711", Withheld::archived));
}

TEST_CASE("A withheld comment takes its replies along, and counts have what is left") {
  World world(ON_EACH_DATABASE());
  Talk talk(world);
  const auto post = write_post(talk.author);
  const auto other = write_comment(talk.author, post);
  const auto comment = write_comment(talk.reader, post);
  const auto reply = write_comment(talk.author, post, "답글", comment);
  const auto second = write_comment(talk.reader, post, "또", comment);
  REQUIRE(talk.comment_count(post) == 4);

  CHECK(talk.withhold<CommentId>(second, Withheld::waiting));  // before what it replies to
  CHECK(talk.comment_count(post) == 3);
  CHECK(talk.withhold<CommentId>(comment, Withheld::moderated));
  CHECK(talk.comment_count(post) == 1);
  CHECK(comments_in(talk.author.get("/api/v1/comments/" + post)) == std::vector{std::int64_t{std::stoll(other)}});
  CHECK(comments_in(talk.author.get("/api/v1/comments/" + post + "?view=threads")).size() == 1);
  CHECK(talk.author.get("/api/v1/comments/" + post + "?parentCommentId=" + comment).status == 404);
  CHECK(talk.author.post("/api/v1/comments", comment_body(post, "x", comment)).status == 404);
  CHECK(talk.reader.send("PUT", "/api/v1/commentLikes/" + reply).status == 404);
  CHECK(talk.reader.send("PATCH", "/api/v1/comments/" + comment, text_body("내 것")).status == 200);
  CHECK(talk.author.send("PATCH", "/api/v1/comments/" + comment, text_body("내 것")).status == 404);
  CHECK(world.counts_are_right());

  SECTION("released they are back, but for what has a reason of its own") {
    CHECK(talk.release<CommentId>(comment, Withheld::moderated));
    CHECK(talk.comment_count(post) == 3);
    CHECK(talk.hidden("comments", second) == 1 + static_cast<int>(Withheld::waiting));
    CHECK(talk.release<CommentId>(second, Withheld::waiting));
    CHECK(talk.comment_count(post) == 4);
    CHECK(comments_in(talk.reader.get("/api/v1/comments/" + post + "?parentCommentId=" + comment)).size() == 2);
  }
  SECTION("a reason is taken back from a reply below what is withheld") {
    CHECK(talk.release<CommentId>(second, Withheld::waiting));
    CHECK(talk.comment_count(post) == 1);
    CHECK(world.counts_are_right());
    CHECK(talk.release<CommentId>(comment, Withheld::moderated));
    CHECK(talk.comment_count(post) == 4);
  }
  SECTION("its author deletes it all the same") {
    CHECK(talk.reader.send("DELETE", "/api/v1/comments/" + comment).status == 200);
    CHECK(talk.comment_count(post) == 1);
    CHECK(world.number("SELECT COUNT(*) FROM comments WHERE deleted_at IS NULL") == 1);
  }
  SECTION("and a reply below it") {
    CHECK(talk.author.send("DELETE", "/api/v1/comments/" + reply).status == 200);
    CHECK(world.counts_are_right());
    CHECK(talk.release<CommentId>(comment, Withheld::moderated));
    CHECK(talk.comment_count(post) == 2);
  }
  CHECK(world.counts_are_right());
}

TEST_CASE("Counts are right whatever is withheld, released and deleted in whichever order") {
  World world(ON_EACH_DATABASE());
  Talk talk(world);
  const auto post = write_post(talk.author);
  std::vector<std::string> comments;
  for (int i = 0; i < 3; ++i) {
    comments.push_back(write_comment(talk.reader, post));
    const auto parent = comments.back();
    for (int j = 0; j < 3; ++j) comments.push_back(write_comment(talk.author, post, "답글", parent));
  }
  std::mt19937 random(Catch::rngSeed());
  const auto seed = Catch::rngSeed();
  CAPTURE(seed);
  for (int i = 0; i < 80; ++i) {
    const auto& comment = comments[random() % comments.size()];
    const auto why = kReasons[random() % kReasons.size()];
    if (random() % 16 == 0) {
      talk.reader.send("DELETE", "/api/v1/comments/" + comment);
      talk.author.send("DELETE", "/api/v1/comments/" + comment);
    } else {
      random() % 2 == 0 ? talk.withhold<CommentId>(comment, why) : talk.release<CommentId>(comment, why);
    }
    REQUIRE(world.counts_are_right());
    REQUIRE(talk.comment_count(post) ==
            static_cast<std::int64_t>(comments_in(talk.author.get("/api/v1/comments/" + post + "?size=50")).size()));
  }
}

TEST_CASE("Marks of a hidden author leave alone what is withheld, which is released as the account is then") {
  World world(ON_EACH_DATABASE());
  Talk talk(world);
  const auto post = write_post(talk.author);
  const auto others = write_post(talk.reader);
  const auto comment = write_comment(talk.author, others);
  const auto top = write_comment(talk.reader, others);
  const auto reply = write_comment(talk.author, others, "답글", top);
  talk.withhold<PostId>(post, Withheld::moderated);
  talk.withhold<CommentId>(comment, Withheld::moderated);
  talk.withhold<CommentId>(top, Withheld::moderated);

  talk.set_status(talk.author_id, AccountStatus::suspended);
  CHECK(talk.hidden("posts", post) == 3);
  CHECK(talk.hidden("comments", comment) == 3);
  SECTION("released while the author is hidden") {
    CHECK(talk.release<PostId>(post, Withheld::moderated));
    CHECK(talk.release<CommentId>(comment, Withheld::moderated));
    CHECK(talk.release<CommentId>(top, Withheld::moderated));
    CHECK(talk.hidden("posts", post) == 1);
    CHECK(talk.hidden("comments", comment) == 1);
    CHECK(talk.hidden("comments", reply) == 1);
    CHECK(talk.hidden("comments", top) == 0);
    CHECK(posts_in(talk.reader.get("/api/v1/feeds")).size() == 1);
    talk.set_status(talk.author_id, AccountStatus::active);
  }
  SECTION("released when the author is back") {
    talk.set_status(talk.author_id, AccountStatus::active);
    CHECK(talk.hidden("posts", post) == 3);
    CHECK(talk.release<PostId>(post, Withheld::moderated));
    CHECK(talk.release<CommentId>(comment, Withheld::moderated));
    CHECK(talk.release<CommentId>(top, Withheld::moderated));
  }
  CHECK(talk.hidden("posts", post) == 0);
  CHECK(posts_in(talk.reader.get("/api/v1/feeds")).size() == 2);
  CHECK(comments_in(talk.reader.get("/api/v1/comments/" + others)).size() == 3);
  CHECK(world.counts_are_right());
}

TEST_CASE("What is withheld stays so with whoever takes it over, and goes with an account that goes") {
  World world(ON_EACH_DATABASE());
  Talk talk(world);
  auto guest = world.node.guest();
  const UserId guest_id{guest.get("/api/v1/users/me").number("/data/userId")};
  const auto post = write_post(guest);
  const auto others = write_post(talk.author);
  const auto comment = write_comment(guest, others);
  const auto reply = write_comment(talk.author, others, "답글", comment);
  write_comment(talk.author, post);
  talk.withhold<PostId>(post, Withheld::moderated);
  talk.withhold<CommentId>(comment, Withheld::moderated);
  SECTION("taken over") {
    world.database.write([&](storage::Connection& c) { talk.parts.life_cycle.merge(c, guest_id, talk.reader_id); });
    CHECK(post_of(talk.reader, post).at("/data/withheld/0") == "MODERATED");
    CHECK(post_of(talk.author, post).status == 404);
    CHECK(talk.hidden("comments", comment) == 3);
    CHECK(talk.release<CommentId>(comment, Withheld::moderated));
    CHECK(comments_in(talk.author.get("/api/v1/comments/" + others)).size() == 2);
  }
  SECTION("gone, answered or not: what stands nowhere keeps no place") {
    world.database.write([&](storage::Connection& c) { talk.parts.life_cycle.remove(c, guest_id); });
    CHECK(world.number("SELECT COUNT(*) FROM posts") == 1);
    CHECK(world.number("SELECT COUNT(*) FROM comments") == 0);
    CHECK(talk.comment_count(others) == 0);
  }
  SECTION("whose post it stands below goes") {
    world.database.write([&](storage::Connection& c) { talk.parts.life_cycle.remove(c, talk.author_id); });
    CHECK(world.number("SELECT COUNT(*) FROM comments") == 0);
  }
  CHECK(world.counts_are_right());
}
