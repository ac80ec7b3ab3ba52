// Who is told of what is done unlinked, under which name, and what is kept of it.
#include "integration/core_notifications/notifications_talk.hpp"
#include "scene.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

/// An author and two others, each with a name of their own; with so few of them whoever writes unlinked is 익명.
struct Few {
  explicit Few(storage::Dialect dialect) : world(dialect) {
    rename(author_id, 8'140'000);
    rename(one_id, 7'990'000);
    rename(two_id, 12'345'678);
  }
  void rename(UserId user, std::int64_t amount) {
    world.execute("UPDATE accounts SET amount = " + std::to_string(amount) +
                  " WHERE id = " + std::to_string(user.value));
  }
  static std::string first(Browser& browser) {
    return std::string(notifications_of(browser).at("/data/notifications/0/text").as_string());
  }
  int put(Browser& who, const std::string& path) { return who.send("PUT", "/api/v1/" + path).status; }
  std::int64_t rows_of(UserId user) {
    return world.number("SELECT COUNT(*) FROM notification_people WHERE person_id = " + std::to_string(user.value));
  }

  World world;
  UserId author_id = world.node.create_user();
  UserId one_id = world.node.create_user();
  UserId two_id = world.node.create_user();
  Browser author = world.node.signed_in(author_id);
  Browser one = world.node.signed_in(one_id);
  Browser two = world.node.signed_in(two_id);
};

}  // namespace

TEST_CASE("Who writes unlinked is told of answers and likes as ever") {
  Few few(ON_EACH_DATABASE());
  auto [author, one, two] = std::tie(few.author, few.one, few.two);
  const auto post = write_unlinked(author);
  like(one, post);
  const auto comment = write_comment(one, post);
  CHECK(told(author) == Told{"COMMENT 1*", "FEED_LIKE 1*"});
  CHECK(few.first(author) == "799만님이 회원님의 글에 댓글을 남겼습니다.");
  const auto own = comment_unlinked(author, post, "답", comment);
  CHECK(told(author).size() == 2);  // nothing of what it did itself
  CHECK(told(one) == Told{"REPLY 1*"});
  CHECK(few.first(one) == "익명님이 회원님의 댓글에 답글을 남겼습니다.");
  const auto english = one.send("GET", "/api/v1/notifications", "", {{"Accept-Language", "en"}});
  CHECK(english.at("/data/notifications/0/text") == "Anonymous replied to your comment.");
  REQUIRE(few.put(one, "commentLikes/" + own) == 200);
  CHECK(told(author) == Told{"COMMENT_LIKE 1*", "COMMENT 1*", "FEED_LIKE 1*"});
  like(author, post);
  CHECK(told(author).size() == 3);

  // Put away by its author, it is still the author's.
  REQUIRE(few.put(author, "feeds/" + post + "/archived") == 204);
  CHECK(told(author).size() == 3);
  REQUIRE(author.send("DELETE", "/api/v1/feeds/" + post).status == 200);
  CHECK(told(author).empty());
}

TEST_CASE("A face is told of by its name, its likes in that thread too, and kept by its number alone") {
  Few few(ON_EACH_DATABASE());
  auto [author, one, two] = std::tie(few.author, few.one, few.two);
  const auto post = write_post(author);
  const auto other = write_post(author);
  comment_unlinked(one, post);
  CHECK(few.first(author) == "익명님이 회원님의 글에 댓글을 남겼습니다.");
  like(one, post);
  CHECK(few.first(author) == "익명님이 회원님의 글을 좋아합니다.");
  CHECK(few.rows_of(few.one_id) == 0);
  // In another thread it is the account.
  like(one, other);
  CHECK(few.first(author) == "799만님이 회원님의 글을 좋아합니다.");

  comment_unlinked(two, post);
  CHECK(told(author) == Told{"COMMENT 2*", "FEED_LIKE 1*", "FEED_LIKE 1*"});
  write_comment(one, post);  // the same face again
  CHECK(told(author) == Told{"COMMENT 2*", "FEED_LIKE 1*", "FEED_LIKE 1*"});
  unlike(one, post);
  CHECK(told(author) == Told{"COMMENT 2*", "FEED_LIKE 1*"});
  CHECK(few.world.number("SELECT COUNT(*) FROM notification_people WHERE person_id = -2") == 2);
  CHECK(few.rows_of(few.two_id) == 0);
}

TEST_CASE("A like that was told before its giver had a face there is taken back all the same") {
  Few few(ON_EACH_DATABASE());
  auto [author, one, two] = std::tie(few.author, few.one, few.two);
  const auto post = write_post(author);
  like(one, post);
  comment_unlinked(one, post);
  CHECK(told(author) == Told{"COMMENT 1*", "FEED_LIKE 1*"});
  unlike(one, post);
  CHECK(told(author) == Told{"COMMENT 1*"});
  like(one, post);
  CHECK(few.first(author) == "익명님이 회원님의 글을 좋아합니다.");
  like(two, post);
  CHECK(told(author) == Told{"FEED_LIKE 2*", "COMMENT 1*"});
}

TEST_CASE("Blocks and mutes are between accounts: what an unlinked face does is told all the same") {
  Few few(ON_EACH_DATABASE());
  auto [author, one, two] = std::tie(few.author, few.one, few.two);
  const auto thirds = write_post(two);
  const auto linked = write_post(author);
  const auto unlinked = write_unlinked(author);
  const auto comment = comment_unlinked(author, thirds);
  comment_unlinked(one, linked);
  CHECK(told(author).size() == 1);
  const auto way = GENERATE("blocks/", "mutes/");
  REQUIRE(few.put(author, way + std::to_string(few.one_id.value)) == 204);
  CHECK(told(author).size() == 1);  // of the face; nothing says that it is whom it blocks

  SECTION("its words and likes come on as before") {
    comment_unlinked(one, thirds, "답글", comment);
    CHECK(told(author).size() == 2);
    like(one, unlinked);
    const auto of_like = told(author).size();
    comment_unlinked(one, unlinked);
    CHECK(told(author).size() == of_like + 1);
    CHECK(comments_in(author.get("/api/v1/comments/" + unlinked)).size() == 1);
  }
  SECTION("what it says under its own name below one's own unlinked post is neither seen nor told") {
    const auto before = told(author).size();
    write_comment(one, unlinked);
    CHECK(told(author).size() == before);
    CHECK(comments_in(author.get("/api/v1/comments/" + unlinked)).empty());
    CHECK(comments_in(two.get("/api/v1/comments/" + unlinked)).size() == 1);
  }
}

TEST_CASE("A guest's faces stay who they are when the guest becomes a member, and when a member is gone") {
  Few few(ON_EACH_DATABASE());
  auto& world = few.world;
  auto& author = few.author;
  const auto post = write_post(author);
  comment_unlinked(few.one, post);
  REQUIRE(told(author) == Told{"COMMENT 1*"});
  const auto text = few.first(author);
  REQUIRE(few.one.post("/api/v1/users/me/leave", R"({"kind":"CLOSE"})").status == 200);
  world.clock.advance(std::chrono::hours(15 * 24));
  REQUIRE(world.node.scheduler().run_now("account-purge").value() == "removed 1 accounts");
  author = world.node.signed_in(few.author_id);
  CHECK(told(author) == Told{"COMMENT 1*"});
  CHECK(few.first(author) == text);

  auto guest = world.node.guest();
  comment_unlinked(guest, post);
  CHECK(told(author) == Told{"COMMENT 2*"});
  auto link = world.node.sign_in_link(few.two_id);
  REQUIRE(guest.post("/api/sign-in-link", link.substr(link.find('?') + 1) + "&keepPosts=true").field("location") ==
          "/");
  CHECK(guest.get("/api/v1/users/me").number("/data/userId") == few.two_id.value);
  write_comment(guest, post);  // as the face that it has
  CHECK(told(author) == Told{"COMMENT 2*"});
  CHECK(world.number("SELECT COUNT(*) FROM notification_people WHERE person_id > 0") == 0);
}

TEST_CASE("There is nobody to block, mute, look at or report behind what is unlinked") {
  Few few(ON_EACH_DATABASE());
  auto& reader = few.one;
  const auto post = write_unlinked(few.author);
  for (const auto* nobody : {"0", "-1", "-2"}) {
    INFO(nobody);
    for (const auto* list : {"blocks/", "mutes/"}) {
      CHECK(few.put(reader, std::string(list) + nobody) == 400);
      CHECK(reader.send("DELETE", std::string("/api/v1/") + list + nobody).status == 400);
    }
    CHECK(reader.get(std::string("/api/v1/users/") + nobody).status == 400);
    CHECK(reader.get(std::string("/api/v1/feeds/profile?userId=") + nobody).status == 400);
    CHECK(reader
              .post("/api/v1/reports",
                    R"({"targetType":"USER","targetId":)" + std::string(nobody) + R"(,"reason":"SPAM"})")
              .status == 400);
  }
  CHECK(few.world.node.users("list", {}, true).find("-2") == std::string::npos);
  REQUIRE(few.put(reader, "feeds/" + post + "/hidden") == 204);
  CHECK(posts_in(reader.get("/api/v1/feeds")).empty());
  CHECK(reader.send("PATCH", "/api/v1/feeds/" + post, text_body("x")).status == 403);
  CHECK(reader.send("DELETE", "/api/v1/feeds/" + post).status == 403);
}
