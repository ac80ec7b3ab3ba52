// Moderators and what is written unlinked: they act on it, and learn nothing of who wrote it.
#include "integration/core_moderation/moderation_talk.hpp"
#include "scene.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

std::string told(Browser& browser) { return browser.get("/api/v1/notifications").body; }

Answer act(Browser& moderator, std::string_view post, std::string_view what, std::string_view kind = "feeds") {
  return moderator.post("/api/v1/admin/" + std::string(kind) + "/" + std::string(post) + "/" + std::string(what),
                        because());
}
Answer object(Browser& browser, std::int64_t act) {
  return browser.post("/api/v1/moderation/objections", R"({"actId":)" + std::to_string(act) + R"(,"text":"아닙니다"})");
}
std::string trail(Browser& admin) { return admin.get("/api/v1/admin/audit?size=50").body; }

/// Whoever wrote it has an id like no other number there.
struct Hidden : Moderated {
  using Moderated::Moderated;

  Browser signed_in_as_secret() {
    execute(
        "INSERT INTO accounts (id, role, status, amount, multiplier, amount_day, created_at, last_seen_at) SELECT " +
        std::to_string(kSecret) +
        ", role, status, amount, multiplier, amount_day, created_at, last_seen_at FROM accounts WHERE id = " +
        std::to_string(author_id.value));
    return node.signed_in(UserId{kSecret});
  }
  static bool tells(const Answer& answer) { return answer.body.find(std::to_string(kSecret)) != std::string::npos; }

  Browser secret = signed_in_as_secret();
};

}  // namespace

TEST_CASE("What is unlinked is reported, hidden, objected to and shown again, and nobody learns whose it is") {
  Hidden world(ON_EACH_DATABASE());
  auto& secret = world.secret;
  const bool is_post = GENERATE(true, false);
  const auto thread = write_post(world.reader);
  const auto thing = is_post ? write_unlinked(secret) : comment_unlinked(secret, thread);
  const std::string_view kind = is_post ? "feeds" : "comments";
  const std::string_view type = is_post ? "FEED" : "COMMENT";
  CHECK(report(secret, type, thing).status == 400);  // its own
  REQUIRE(report(world.reader, type, thing).status == 201);
  const auto open = reports_for(world.moderator);
  CHECK(open.at("/data/reports/0/account").is_null());
  CHECK(open.at("/data/reports/0/text/unlinked") == true);
  CHECK(open.at("/data/reports/0/text/author") == "익명");
  const auto id = first_report(world.moderator);
  CHECK(decide(world.moderator, id, R"({"decision":"SUSPEND","reason":"x"})").status == 400);
  CHECK(decide(world.admin, id, R"({"decision":"SUSPEND","reason":"x"})").status == 400);
  CHECK(world.number("SELECT COUNT(*) FROM suspensions") == 0);

  const auto hidden = act(world.moderator, thing, "hide", kind);
  REQUIRE(hidden.status == 200);
  CHECK(hidden.number("/data/userId") == 0);
  CHECK(told(secret).find("약관 위반") != std::string::npos);
  const auto own = secret.get("/api/v1/moderation/acts");
  REQUIRE(count_of(own, "/data/acts") == 1);
  CHECK(own.number("/data/acts/0/actId") == hidden.number("/data/actId"));
  CHECK(count_of(world.reader.get("/api/v1/moderation/acts"), "/data/acts") == 0);

  CHECK(object(world.reader, hidden.number("/data/actId")).status == 404);
  REQUIRE(object(secret, hidden.number("/data/actId")).status == 201);
  const auto objected = reports_for(world.admin);
  CHECK(objected.at("/data/reports/0/objectionTo/objection/text") == "아닙니다");
  CHECK(objected.number("/data/reports/0/objectionTo/userId") == 0);
  const bool undone = GENERATE(true, false);
  REQUIRE(decide(world.admin, first_report(world.admin),
                 undone ? R"({"decision":"DISMISS"})" : R"({"decision":"HIDE","reason":"x"})")
              .status == 200);
  CHECK(told(secret).find(undone ? "이제 보입니다" : "조치를 유지합니다") != std::string::npos);
  const auto closed = world.moderator.get("/api/v1/admin/reports?state=closed");
  for (const auto& answer : {open, hidden, objected, closed, reports_for(world.moderator)}) {
    CHECK_FALSE(Hidden::tells(answer));
  }
  CHECK(trail(world.admin).find(std::to_string(kSecret)) == std::string::npos);
  CHECK(world.counts_are_right());

  // It stays when its author goes, and so do the acts.
  REQUIRE(secret.post("/api/v1/users/me/leave", R"({"kind":"CLOSE"})").status == 200);
  world.clock.advance(15 * 24h);
  REQUIRE(world.node.scheduler().run_now("account-purge").value() == "removed 1 accounts");
  auto admin = world.node.signed_in(world.admin_id);
  const auto after = admin.get("/api/v1/admin/reports?state=closed");
  CHECK(count_of(after, "/data/reports") == count_of(closed, "/data/reports"));
  CHECK(after.at("/data/reports/0/objectionTo/objection/text") == "아닙니다");
}

TEST_CASE("That one may act on it says nothing of who wrote it, and one's own is one's own") {
  Hidden world(ON_EACH_DATABASE());
  const auto of_admin = write_unlinked(world.admin);
  const auto of_moderator = write_unlinked(world.moderator);
  CHECK(act(world.moderator, of_moderator, "hide").status == 403);
  CHECK(act(world.moderator, of_moderator, "stop").status == 403);
  CHECK(act(world.moderator, of_admin, "hide").status == 200);
  REQUIRE(report(world.reader, "FEED", of_moderator).status == 201);
  CHECK(decide(world.moderator, first_report(world.moderator), R"({"decision":"DISMISS"})").status == 403);
  CHECK(decide(world.admin, first_report(world.moderator), R"({"decision":"DISMISS"})").status == 200);
}

TEST_CASE("An admin looks behind it, and the trail has that before the answer") {
  Hidden world(ON_EACH_DATABASE());
  const auto post = write_unlinked(world.secret);
  const auto comment = comment_unlinked(world.secret, write_post(world.reader));
  CHECK(act(world.moderator, post, "author").status == 403);
  CHECK(act(world.reader, post, "author").status == 403);
  CHECK(world.admin.post("/api/v1/admin/feeds/" + post + "/author", R"({"reason":" "})").status == 400);
  CHECK(act(world.admin, "999999", "author").status == 404);
  CHECK(act(world.admin, write_post(world.author), "author").status == 400);
  REQUIRE(world.number("SELECT COUNT(*) FROM audit_trail") == 0);

  for (int i = 0; i < 2; ++i) {
    const auto answer = act(world.admin, post, "author");
    REQUIRE(answer.status == 200);
    CHECK(answer.number("/data/userId") == kSecret);
  }
  CHECK(act(world.admin, comment, "author", "comments").number("/data/userId") == kSecret);
  const auto entries = json_at(trail(world.admin), "/data/entries");
  REQUIRE(entries.as_array().size() == 3);
  CHECK(entries.at(2).at("action") == "LOOK");
  CHECK(entries.at(2).at("actorId") == world.admin_id.value);
  CHECK(std::to_string(entries.at(2).at("targetId").as_int64()) == post);
  CHECK(entries.at(2).at("reason") == "약관 위반");
  CHECK(trail(world.admin).find(std::to_string(kSecret)) == std::string::npos);
  CHECK(told(world.secret).find("MODERATION") == std::string::npos);

  const auto printed =
      world.node.command("moderation", "look", {{"kind", "feed"}, {"id", post}, {"reason", "법원"}}, true);
  CHECK(json_at(printed, "/userId") == kSecret);
  CHECK(world.number("SELECT COUNT(*) FROM audit_trail WHERE actor_id = 0") == 1);

  // What was seen is acted on: nothing that moderators read has both.
  const auto id = std::to_string(kSecret);
  REQUIRE(world.admin.post("/api/v1/admin/users/" + id + "/suspend", because("도배")).status == 200);
  CHECK(post_of(world.reader, post).status == 200);
  REQUIRE(report(world.reader, "FEED", post).status == 201);
  CHECK_FALSE(Hidden::tells(reports_for(world.moderator)));
  CHECK(reports_for(world.moderator).at("/data/reports/0/account").is_null());
  CHECK(world.moderator.get("/api/v1/admin/audit").status == 403);

  // Of who is gone nobody knows.
  world.execute("UPDATE unlinked_posts SET user_id = NULL");
  CHECK(act(world.admin, post, "author").at("/data/userId").is_null());
  CHECK(act(world.moderator, post, "stop").status == 200);
}

TEST_CASE("Whoever floods unlinked is stopped, and nobody learns who it is or what else they wrote") {
  Hidden world(ON_EACH_DATABASE());
  const bool guest = GENERATE(true, false);
  CAPTURE(guest);
  auto flooder = guest ? world.node.guest() : world.node.signed_in(UserId{kSecret});
  const auto linked = write_post(flooder);
  const auto old = write_unlinked(flooder);
  world.clock.advance(90min);
  std::vector<std::string> flood;
  for (int i = 0; i < 4; ++i) flood.push_back(write_unlinked(flooder));
  const auto comment = comment_unlinked(flooder, write_post(world.reader));
  const auto of_another = write_unlinked(world.author);

  const auto stopped = act(world.moderator, flood.front(), "stop");
  REQUIRE(stopped.status == 200);
  CHECK(stopped.number("/data/userId") == 0);
  CHECK(stopped.body.find("GUEST") == std::string::npos);
  for (const auto& each : flood) CHECK(post_of(world.reader, each).status == 404);
  CHECK(world.number("SELECT hidden FROM comments WHERE id = " + comment) == 3);
  for (const auto& each : {linked, old, of_another}) CHECK(post_of(world.reader, each).status == 200);
  CHECK(told(flooder).find("하루 동안") != std::string::npos);
  CHECK(flooder.post("/api/v1/feeds", text_body("또")).status == 403);
  CHECK(flooder.post("/api/v1/feeds", unlinked_body("또")).status == 403);
  CHECK(flooder.post("/api/v1/comments", comment_body(of_another, "또")).status == 403);
  CHECK(world.node.browser("127.0.0.1").post("/api/guest").status == (guest ? 429 : 200));
  CHECK(world.counts_are_right());

  // The same again, by another too, changes nothing.
  const auto entries = world.number("SELECT COUNT(*) FROM audit_trail");
  CHECK(act(world.admin, flood.front(), "stop").number("/data/actId") == stopped.number("/data/actId"));
  CHECK(world.number("SELECT COUNT(*) FROM audit_trail") == entries);
  CHECK(world.number("SELECT COUNT(*) FROM audit_trail WHERE action = 8") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM audit_trail WHERE target_kind = 3") == 0);
  CHECK(act(world.moderator, linked, "stop").status == 400);
  CHECK(act(world.moderator, "999999", "stop").status == 404);

  SECTION("until it is shown again") {
    REQUIRE(act(world.admin, flood.front(), "restore").status == 200);
    CHECK(flooder.post("/api/v1/feeds", text_body("또")).status == 201);
  }
  SECTION("for a day") {
    world.clock.advance(24h);
    flooder.post("/api/token");
    CHECK(flooder.post("/api/v1/feeds", text_body("또")).status == 201);
  }
}

TEST_CASE("Hiding one of a few shows none of the others to be the same person's") {
  Hidden world(ON_EACH_DATABASE());
  std::vector<std::string> posts;
  for (int i = 0; i < 4; ++i) posts.push_back(write_unlinked(world.secret));
  REQUIRE(act(world.moderator, posts.front(), "stop").status == 200);
  for (std::size_t i = 1; i < posts.size(); ++i) CHECK(post_of(world.reader, posts[i]).status == 200);
  CHECK(world.secret.post("/api/v1/feeds", text_body("또")).status == 403);
}

TEST_CASE("Newcomers' links and limits are their owner's, and moderators' unlinked words wait like anybody's") {
  Hidden world(ON_EACH_DATABASE(), {{"newcomer-writes", "2"}});
  auto newcomer = world.node.signed_in(world.node.create_user());
  const auto held = write_unlinked(newcomer, "http://bad.example");
  CHECK(post_of(world.reader, held).status == 404);
  CHECK(post_of(newcomer, held).at("/data/withheld/0") == "WAITING");
  CHECK(told(newcomer).find("확인한 뒤") != std::string::npos);
  CHECK(reports_for(world.moderator).at("/data/reports/0/account").is_null());
  write_post(newcomer);
  CHECK(newcomer.post("/api/v1/feeds", unlinked_body("셋")).status == 429);

  world.node.command("moderation", "add-word", {{"word", "나쁜말"}});
  CHECK(post_of(world.reader, write_post(world.moderator, "나쁜말")).status == 200);
  CHECK(post_of(world.reader, write_unlinked(world.moderator, "나쁜말")).status == 404);
}
