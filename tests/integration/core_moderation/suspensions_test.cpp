// How suspensions begin, what they hide, and how they end.
#include <tuple>

#include "moderation_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

Answer suspend(Browser& moderator, UserId user, std::string_view more = "") {
  return moderator.post("/api/v1/admin/users/" + std::to_string(user.value) + "/suspend",
                        R"({"reason":"도배")" + std::string(more) + "}");
}
Answer lift(Browser& moderator, UserId user) {
  return moderator.post("/api/v1/admin/users/" + std::to_string(user.value) + "/lift", because("풀어 줌"));
}

}  // namespace

TEST_CASE("A suspended account is signed out, and all it wrote is out of sight until it is lifted") {
  Moderated world(ON_EACH_DATABASE());
  const auto post = write_post(world.author);
  REQUIRE(report(world.reader, "FEED", post).status == 201);
  const auto first = suspend(world.moderator, world.author_id);
  REQUIRE(first.status == 200);
  CHECK(first.at("/data/until").is_null());
  CHECK(world.author.get("/api/v1/users/me").status == 401);
  CHECK(post_of(world.reader, post).status == 404);
  CHECK(count_of(reports_for(world.moderator), "/data/reports") == 0);
  CHECK(suspend(world.admin, world.author_id).number("/data/actId") == first.number("/data/actId"));
  REQUIRE(lift(world.moderator, world.author_id).status == 200);
  CHECK(lift(world.moderator, world.author_id).status == 200);
  CHECK(post_of(world.reader, post).status == 200);
  auto again = world.node.signed_in(world.author_id);
  CHECK(count_of(again.get("/api/v1/moderation/acts"), "/data/acts") == 2);
  CHECK(again.get("/api/v1/notifications").body.find("도배") != std::string::npos);
  CHECK(lift(world.moderator, world.node.create_user()).status == 409);
}

TEST_CASE("A suspension with an end ends by itself, by a clock that is confirmed") {
  Moderated world(ON_EACH_DATABASE());
  for (const auto* until :
       {R"(,"until":"2027-01-15")", R"(,"until":"2020-01-01")", R"(,"until":"2027-02-30")", R"(,"until":5)"}) {
    INFO(until);
    CHECK(suspend(world.moderator, world.author_id, until).status == 400);
  }
  const auto done = suspend(world.moderator, world.author_id, R"(,"until":"2027-01-17")");
  REQUIRE(done.status == 200);
  CHECK(done.at("/data/until") == "2027-01-16T15:00:00.000Z");
  const auto run = [&] { return world.node.scheduler().run_now("suspensions").value(); };
  const auto suspended = [&] { return world.number("SELECT COUNT(*) FROM accounts WHERE status = 3") == 1; };
  CHECK(run() == "nothing has ended");
  CHECK(suspended());
  world.node.trust.confirm(false);
  world.clock.advance(std::chrono::hours(24 * 3));
  CHECK_FALSE(world.node.scheduler().run_now("suspensions"));
  CHECK(suspended());
  world.node.trust.confirm();
  CHECK(run() == "ended 1");
  CHECK_FALSE(suspended());
  CHECK(world.number("SELECT COUNT(*) FROM suspensions") == 0);
}

TEST_CASE("Who objects after a suspension has ended is told what came of it") {
  for (const auto& [decision, state, words] :
       {std::tuple{"DISMISS", "UNDONE", "이의를 받아들였습니다"}, std::tuple{"HIDE", "KEPT", "조치를 유지합니다"}}) {
    INFO(decision);
    Moderated world(ON_EACH_DATABASE());
    const auto act = suspend(world.moderator, world.author_id, R"(,"until":"2027-01-17")").number("/data/actId");
    world.clock.advance(std::chrono::hours(24 * 3));
    REQUIRE(world.node.scheduler().run_now("suspensions").value() == "ended 1");
    auto author = world.node.signed_in(world.author_id);
    auto admin = world.node.signed_in(world.admin_id);
    REQUIRE(
        author.post("/api/v1/moderation/objections", R"({"actId":)" + std::to_string(act) + R"(,"text":"아닙니다"})")
            .status == 201);
    REQUIRE(decide(admin, first_report(admin), R"({"reason":"다시 봄","decision":")" + std::string(decision) + R"("})")
                .status == 200);
    CHECK(author.get("/api/v1/moderation/acts").at("/data/acts/0/objection/state") == state);
    CHECK(author.get("/api/v1/notifications").body.find(words) != std::string::npos);
  }
}

TEST_CASE("A longer suspension takes the place of a shorter one, and who was away is away again") {
  Moderated world(ON_EACH_DATABASE());
  world.execute("UPDATE accounts SET status = 1 WHERE id = " + std::to_string(world.author_id.value));
  REQUIRE(suspend(world.moderator, world.author_id, R"(,"until":"2027-01-17")").status == 200);
  REQUIRE(suspend(world.admin, world.author_id, R"(,"until":"2027-02-17")").status == 200);
  world.clock.advance(std::chrono::hours(24 * 3));
  REQUIRE(world.node.scheduler().run_now("suspensions"));
  CHECK(world.number("SELECT COUNT(*) FROM accounts WHERE status = 3") == 1);
  world.clock.advance(std::chrono::hours(24 * 30));
  REQUIRE(world.node.scheduler().run_now("suspensions"));
  CHECK(world.number("SELECT COUNT(*) FROM accounts WHERE status = 1") == 1);
}

TEST_CASE("An operator who activates an account ends its suspension") {
  Moderated world(ON_EACH_DATABASE());
  REQUIRE(suspend(world.moderator, world.author_id, R"(,"until":"2027-02-17")").status == 200);
  world.node.users("activate", {{"id", std::to_string(world.author_id.value)}});
  CHECK(world.number("SELECT COUNT(*) FROM suspensions") == 0);
}

TEST_CASE("A flooding guest goes in one click, and the network sends no new one for a while") {
  Moderated world(storage::Dialect::sqlite);
  auto flooder = world.node.guest();
  std::string post;
  for (int i = 0; i < 5; ++i) post = write_post(flooder, "도배");
  const UserId guest{post_of(flooder, post).number("/data/userId")};
  REQUIRE(suspend(world.moderator, guest, R"(,"stopAddress":true)").status == 200);
  CHECK(posts_in(world.reader.get("/api/v1/feeds")).empty());
  CHECK(flooder.get("/api/v1/users/me").status == 401);
  auto next = world.node.browser();
  const auto refused = next.post("/api/guest");
  CHECK(refused.status == 429);
  CHECK_FALSE(refused.field("retry-after").empty());
  CHECK(world.reader.get("/api/v1/users/me").status == 200);  // members go on
  auto elsewhere = world.node.browser("127.0.9.1");
  CHECK(elsewhere.post("/api/guest").status == 200);
}
