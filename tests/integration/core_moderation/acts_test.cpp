// What moderators do, who is told of it, and what somebody may say against it.
#include "moderation_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

std::string told(Browser& browser) {
  const auto answer = browser.get("/api/v1/notifications");
  return answer.body;
}

Answer hide(Browser& moderator, std::string_view post, std::string_view body = R"({"reason":"약관 위반"})") {
  return moderator.post("/api/v1/admin/feeds/" + std::string(post) + "/hide", body);
}
Answer restore(Browser& moderator, std::string_view post) {
  return moderator.post("/api/v1/admin/feeds/" + std::string(post) + "/restore", because("괜찮음"));
}
Answer object(Browser& browser, std::int64_t act, std::string_view text = "아닙니다") {
  return browser.post("/api/v1/moderation/objections",
                      R"({"actId":)" + std::to_string(act) + R"(,"text":")" + std::string(text) + R"("})");
}
Answer acts(Browser& browser) { return browser.get("/api/v1/moderation/acts"); }

}  // namespace

TEST_CASE("A hidden post is its author's alone, who is told why; restored, it is everybody's") {
  Moderated world(ON_EACH_DATABASE());
  const auto post = write_post(world.author);
  REQUIRE(report(world.reader, "FEED", post).status == 201);
  const auto done = hide(world.moderator, post);
  REQUIRE(done.status == 200);
  CHECK(done.at("/data/action") == "HIDE");
  CHECK(done.number("/data/by") == world.moderator_id.value);

  CHECK(post_of(world.reader, post).status == 404);
  CHECK(posts_in(world.reader.get("/api/v1/feeds")).empty());
  const auto own = post_of(world.author, post);
  REQUIRE(own.status == 200);
  CHECK(own.at("/data/withheld/0") == "MODERATED");
  CHECK(told(world.author).find("약관 위반") != std::string::npos);
  CHECK(told(world.reader).find("MODERATION") == std::string::npos);
  const auto about = acts(world.author);
  REQUIRE(count_of(about, "/data/acts") == 1);
  CHECK(about.at("/data/acts/0/reason") == "약관 위반");
  CHECK(about.body.find("\"by\"") == std::string::npos);  // nobody learns which moderator
  CHECK(count_of(reports_for(world.moderator), "/data/reports") == 0);
  CHECK(reports_for(world.moderator, "?state=closed").at("/data/reports/0/decision/decision") == "HIDE");

  REQUIRE(restore(world.admin, post).status == 200);
  CHECK(post_of(world.reader, post).status == 200);
  CHECK(post_of(world.author, post).body.find("withheld") == std::string::npos);
  CHECK(count_of(acts(world.author), "/data/acts") == 2);
  CHECK(world.counts_are_right());
}

TEST_CASE("The same act again, by another too, is the one that stands") {
  Moderated world(ON_EACH_DATABASE());
  const auto post = write_post(world.author);
  CHECK(restore(world.moderator, post).status == 409);  // it was never hidden
  const auto first = hide(world.moderator, post);
  const auto second = hide(world.admin, post, because("다른 이유"));
  CHECK(second.status == 200);
  CHECK(second.number("/data/actId") == first.number("/data/actId"));
  CHECK(second.at("/data/reason") == "약관 위반");
  CHECK(second.number("/data/by") == world.moderator_id.value);
  CHECK(count_of(acts(world.author), "/data/acts") == 1);
  const auto shown = restore(world.moderator, post);
  CHECK(restore(world.admin, post).number("/data/actId") == shown.number("/data/actId"));
  CHECK(world.number("SELECT COUNT(*) FROM audit_trail") == 2);
}

TEST_CASE("A comment is hidden with its replies, and counts stay right") {
  Moderated world(ON_EACH_DATABASE());
  const auto post = write_post(world.reader);
  const auto comment = write_comment(world.author, post);
  write_comment(world.reader, post, "답글", comment);
  const auto path = "/api/v1/admin/comments/" + comment;
  REQUIRE(world.moderator.post(path + "/hide", because()).status == 200);
  CHECK(comments_in(world.reader.get("/api/v1/comments/" + post)).empty());
  CHECK(post_of(world.reader, post).number("/data/commentCount") == 0);
  CHECK(world.counts_are_right());
  REQUIRE(world.moderator.post(path + "/restore", because()).status == 200);
  CHECK(post_of(world.reader, post).number("/data/commentCount") == 2);
  CHECK(world.counts_are_right());
  CHECK(world.moderator.post("/api/v1/admin/comments/999999/hide", because()).status == 404);
}

TEST_CASE("A case is decided once; another decision is a conflict") {
  Moderated world(ON_EACH_DATABASE());
  const auto post = write_post(world.author);
  REQUIRE(report(world.reader, "FEED", post).status == 201);
  const auto id = first_report(world.moderator);
  for (const auto* body : {"{", "{}", R"({"decision":"hide","reason":"x"})", R"({"decision":"HIDE"})",
                           R"({"decision":"HIDE","reason":" "})", R"({"decision":"GONE","reason":"x"})",
                           R"({"decision":"SUSPEND","reason":"x","until":"2020-01-01"})",
                           R"({"decision":"SUSPEND","reason":"x","until":"tomorrow"})"}) {
    INFO(body);
    CHECK(decide(world.moderator, id, body).status == 400);
  }
  CHECK(decide(world.moderator, "999999", R"({"decision":"DISMISS"})").status == 404);
  const auto done = decide(world.moderator, id, R"({"decision":"HIDE","reason":"광고"})");
  REQUIRE(done.status == 200);
  CHECK(done.at("/data/decision/decision") == "HIDE");
  CHECK(done.number("/data/decision/by") == world.moderator_id.value);
  CHECK(post_of(world.reader, post).status == 404);
  const auto again = decide(world.admin, id, R"({"decision":"HIDE","reason":"다른"})");
  CHECK(again.status == 200);
  CHECK(again.number("/data/decision/by") == world.moderator_id.value);
  CHECK(decide(world.admin, id, R"({"decision":"DISMISS"})").status == 409);
  CHECK(world.number("SELECT COUNT(*) FROM audit_trail") == 1);
}

TEST_CASE("One objects once, and another moderator decides") {
  Moderated world(ON_EACH_DATABASE());
  const auto post = write_post(world.author);
  const auto act = hide(world.moderator, post).number("/data/actId");
  CHECK(object(world.reader, act).status == 404);
  CHECK(object(world.author, 999999).status == 404);
  CHECK(object(world.author, act, " ").status == 400);
  REQUIRE(object(world.author, act).status == 201);
  CHECK(object(world.author, act).status == 201);  // the same again
  CHECK(object(world.author, act, "다른 말").status == 409);
  CHECK(acts(world.author).at("/data/acts/0/objection/state") == "OPEN");

  const auto listed = reports_for(world.admin);
  REQUIRE(count_of(listed, "/data/reports") == 1);
  CHECK(listed.at("/data/reports/0/why/0") == "OBJECTION");
  CHECK(listed.at("/data/reports/0/objectionTo/objection/text") == "아닙니다");
  const auto id = first_report(world.admin);
  const auto undo = GENERATE(true, false);
  const std::string body = undo ? R"({"decision":"DISMISS"})" : R"({"decision":"HIDE","reason":"검토함"})";
  CHECK(decide(world.moderator, id, body).status == 403);
  REQUIRE(decide(world.admin, id, body).status == 200);
  CHECK(post_of(world.reader, post).status == (undo ? 200 : 404));
  const auto after = acts(world.author);
  CHECK(after.body.find(undo ? "UNDONE" : "KEPT") != std::string::npos);
  CHECK(told(world.author).find(undo ? "이제 보입니다" : "조치를 유지합니다") != std::string::npos);
  CHECK(object(world.author, act, "또").status == 409);
}

TEST_CASE("There is nothing to object to in what is undone") {
  Moderated world(ON_EACH_DATABASE());
  const auto post = write_post(world.author);
  const auto hidden = hide(world.moderator, post).number("/data/actId");
  const auto shown = restore(world.moderator, post).number("/data/actId");
  CHECK(object(world.author, hidden).status == 400);
  CHECK(object(world.author, shown).status == 400);
}

TEST_CASE("What is deleted meanwhile leaves the queue when it is decided on") {
  Moderated world(ON_EACH_DATABASE());
  const auto post = write_post(world.author);
  const auto comment = write_comment(world.reader, post);
  const auto reply = write_comment(world.author, post, "답글", comment);
  REQUIRE(report(world.moderator, "COMMENT", reply).status == 201);
  const auto id = first_report(world.admin);
  REQUIRE(world.reader.send("DELETE", "/api/v1/comments/" + comment).status == 200);  // with its replies
  const auto done = decide(world.admin, id, R"({"decision":"HIDE","reason":"x"})");
  CHECK(done.status == 200);
  CHECK(done.at("/data/decision/decision") == "GONE");
  CHECK(decide(world.admin, id, R"({"decision":"HIDE","reason":"x"})").status == 200);
}
