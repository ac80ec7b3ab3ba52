// What is reported, by whom, and what moderators see of it.
#include "moderation_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

TEST_CASE("A target is one entry of the queue, with who reported it counted, and each person once") {
  Moderated world(ON_EACH_DATABASE());
  const auto post = write_post(world.author, "광고합니다");
  auto guest = world.node.guest();
  CHECK(report(world.reader, "FEED", post, "SPAM", "광고예요").status == 201);
  CHECK(report(world.reader, "FEED", post, "ABUSE", "다시").status == 201);
  CHECK(report(world.moderator, "FEED", post, "ABUSE").status == 201);
  CHECK(report(guest, "FEED", post, "OTHER").status == 201);

  const auto listed = reports_for(world.moderator);
  REQUIRE(count_of(listed, "/data/reports") == 1);
  CHECK(listed.at("/data/reports/0/state") == "OPEN");
  CHECK(listed.at("/data/reports/0/targetType") == "FEED");
  CHECK(std::to_string(listed.number("/data/reports/0/targetId")) == post);
  CHECK(listed.number("/data/reports/0/memberCount") == 2);
  CHECK(listed.number("/data/reports/0/guestCount") == 1);
  CHECK(listed.at("/data/reports/0/text/content") == "광고합니다");
  CHECK(listed.at("/data/reports/0/text/state") == "SHOWN");
  CHECK(listed.number("/data/reports/0/account/userId") == world.author_id.value);
  CHECK(count_of(listed, "/data/reports/0/reasons") == 3);
  CHECK(listed.number("/data/openByMembers") == 1);
  CHECK(listed.number("/data/openByGuests") == 0);

  const auto one = world.moderator.get("/api/v1/admin/reports/" + first_report(world.moderator));
  REQUIRE(count_of(one, "/data/reports") == 3);
  CHECK(one.body.find("광고예요") != std::string::npos);
  CHECK(one.body.find("다시") == std::string::npos);
}

TEST_CASE("What guests alone report waits apart, and comes to the front when a member reports it, too") {
  Moderated world(ON_EACH_DATABASE());
  const auto post = write_post(world.author);
  auto guest = world.node.guest();
  CHECK(report(guest, "FEED", post).status == 201);
  CHECK(count_of(reports_for(world.moderator), "/data/reports") == 0);
  const auto apart = reports_for(world.moderator, "?by=guests");
  CHECK(count_of(apart, "/data/reports") == 1);
  CHECK(apart.number("/data/openByGuests") == 1);
  CHECK(report(world.reader, "FEED", post).status == 201);
  CHECK(count_of(reports_for(world.moderator), "/data/reports") == 1);
  CHECK(count_of(reports_for(world.moderator, "?by=guests"), "/data/reports") == 0);
}

TEST_CASE("One's own, nothing, and what one does not see are not reported") {
  Moderated world(ON_EACH_DATABASE());
  const auto post = write_post(world.author);
  const auto comment = write_comment(world.author, post);
  const auto author = std::to_string(world.author_id.value);
  CHECK(report(world.author, "FEED", post).status == 400);
  CHECK(report(world.author, "COMMENT", comment).status == 400);
  CHECK(report(world.author, "USER", author).status == 400);
  CHECK(report(world.reader, "COMMENT", comment).status == 201);
  CHECK(report(world.reader, "USER", author).status == 201);
  for (const std::string type : {"FEED", "COMMENT", "USER"}) CHECK(report(world.reader, type, "999999").status == 404);
  REQUIRE(world.author.send("DELETE", "/api/v1/feeds/" + post).status == 200);
  CHECK(report(world.reader, "FEED", post).status == 404);
  CHECK(report(world.reader, "COMMENT", comment).status == 404);

  auto nobody = world.node.browser();
  CHECK(report(nobody, "USER", author).status == 401);
  std::string long_text;
  for (int i = 0; i < 601; ++i) long_text += "가";
  for (const std::string body :
       {R"({)", R"({})", R"([])", R"({"targetType":"FEED","targetId":1})",
        R"({"targetType":"feed","targetId":1,"reason":"SPAM"})",
        R"({"targetType":"WALKER","targetId":1,"reason":"SPAM"})",
        R"({"targetType":"NONE","targetId":1,"reason":"SPAM"})",
        R"({"targetType":"FEED","targetId":0,"reason":"SPAM"})",
        R"({"targetType":"FEED","targetId":-1,"reason":"SPAM"})",
        R"({"targetType":"FEED","targetId":"1","reason":"SPAM"})",
        R"({"targetType":"FEED","targetId":1e3,"reason":"SPAM"})",
        R"({"targetType":"FEED","targetId":1,"reason":"BORING"})", R"({"targetType":"FEED","targetId":1,"reason":1})",
        R"({"targetType":"FEED","targetId":1,"reason":"SPAM","text":7})",
        R"({"targetType":"FEED","targetId":1,"reason":"SPAM","text":"  "})"}) {
    INFO(body);
    CHECK(world.reader.post("/api/v1/reports", body).status == 400);
  }
  CHECK(report(world.reader, "FEED", post, "SPAM", long_text).status == 400);
}

TEST_CASE("Ten thousand reports are one entry, of which so many are kept with their words") {
  Moderated world(ON_EACH_DATABASE());
  const auto post = write_post(world.author);
  REQUIRE(report(world.reader, "FEED", post).status == 201);
  const auto id = first_report(world.moderator);
  const auto full = [&](const std::string& guest, const std::string& from) {
    world.execute(
        "INSERT INTO accounts (role, status, amount, multiplier, amount_day, created_at, last_seen_at) WITH RECURSIVE "
        "n (i) "
        "AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT 0, 0, 1, 1, 1, 1, 1 FROM n");
    world.execute(
        "INSERT INTO reports (target_kind, target_id, reporter_id, case_id, guest, reason, text, created_at) "
        "SELECT 1, " +
        post + ", id, " + id + ", " + guest + ", 1, '', 1 FROM accounts WHERE id > " + from);
  };
  full("0", std::to_string(world.number("SELECT MAX(id) FROM accounts")));
  auto member = world.node.signed_in(world.node.create_user());
  auto guest = world.node.guest();
  const auto before = world.number("SELECT COUNT(*) FROM reports");
  CHECK(report(member, "FEED", post).status == 201);
  CHECK(world.number("SELECT COUNT(*) FROM reports") == before);
  CHECK(report(guest, "FEED", post).status == 201);
  CHECK(world.number("SELECT COUNT(*) FROM reports") == before + 1);  // members' words take no space from guests'
  const auto listed = reports_for(world.moderator);
  REQUIRE(count_of(listed, "/data/reports") == 1);
  CHECK(listed.number("/data/reports/0/memberCount") == 2);
  CHECK(listed.number("/data/reports/0/guestCount") == 1);
}

TEST_CASE("Somebody who reports all the time has to wait") {
  Moderated world(storage::Dialect::sqlite);
  const auto post = write_post(world.author);
  int refused = 0;
  for (int i = 0; i < 31; ++i) refused += report(world.reader, "FEED", post).status == 429 ? 1 : 0;
  CHECK(refused == 1);
  CHECK(report(world.moderator, "FEED", post).status == 201);
}

TEST_CASE("A dismissed post is asked about again by members, and by guests or the same people when it was changed") {
  Moderated world(ON_EACH_DATABASE());
  const auto post = write_post(world.author);
  auto guest = world.node.guest();
  const auto open = [&] { return world.number("SELECT COUNT(*) FROM report_cases WHERE is_open = 1"); };
  REQUIRE(report(world.reader, "FEED", post).status == 201);
  world.clock.advance(std::chrono::seconds(1));
  REQUIRE(decide(world.moderator, first_report(world.moderator), R"({"decision":"DISMISS"})").status == 200);
  CHECK(open() == 0);
  CHECK(report(world.reader, "FEED", post).status == 201);
  CHECK(report(guest, "FEED", post).status == 201);
  CHECK(open() == 0);
  CHECK(report(world.moderator, "FEED", post).status == 201);
  CHECK(open() == 1);
  REQUIRE(decide(world.admin, first_report(world.admin), R"({"decision":"DISMISS"})").status == 200);

  world.clock.advance(std::chrono::seconds(1));
  REQUIRE(world.author.send("PATCH", "/api/v1/feeds/" + post, text_body("바뀐 글")).status == 200);
  CHECK(report(guest, "FEED", post).status == 201);
  CHECK(open() == 1);
  CHECK(report(world.moderator, "FEED", post).status == 201);
  CHECK(reports_for(world.moderator).number("/data/reports/0/memberCount") == 1);
}

TEST_CASE("Who decides again reads what was decided before") {
  Moderated world(ON_EACH_DATABASE());
  const auto post = write_post(world.author);
  report(world.reader, "FEED", post);
  const auto first = first_report(world.moderator);
  const auto in_full = [&world](std::string_view id) {
    return world.moderator.get("/api/v1/admin/reports/" + std::string(id));
  };
  CHECK(in_full(first).at("/data/earlier").is_null());
  REQUIRE(decide(world.moderator, first, R"({"decision":"DISMISS","reason":"괜찮음"})").status == 200);
  CHECK(in_full(first).at("/data/earlier").is_null());  // its own decision is not an earlier one
  report(world.admin, "FEED", post);
  const auto second = first_report(world.moderator);
  REQUIRE(second != first);
  CHECK(in_full(second).at("/data/earlier/decision") == "DISMISS");
  CHECK(in_full(second).at("/data/earlier/reason") == "괜찮음");
  CHECK(in_full(second).number("/data/earlier/by") == world.moderator_id.value);
  REQUIRE(decide(world.moderator, second, R"({"decision":"HIDE","reason":"광고"})").status == 200);
  CHECK(in_full(second).at("/data/earlier/decision") == "DISMISS");
  CHECK(in_full(first).at("/data/earlier").is_null());
}

TEST_CASE("What its author deletes leaves the queue") {
  Moderated world(ON_EACH_DATABASE());
  const auto post = write_post(world.author);
  const auto comment = write_comment(world.author, post);
  REQUIRE(report(world.reader, "FEED", post).status == 201);
  REQUIRE(report(world.reader, "COMMENT", comment).status == 201);
  REQUIRE(world.author.send("DELETE", "/api/v1/comments/" + comment).status == 200);
  CHECK(count_of(reports_for(world.moderator), "/data/reports") == 1);
  REQUIRE(world.author.send("DELETE", "/api/v1/feeds/" + post).status == 200);
  CHECK(count_of(reports_for(world.moderator), "/data/reports") == 0);
  const auto closed = reports_for(world.moderator, "?state=closed");
  REQUIRE(count_of(closed, "/data/reports") == 2);
  CHECK(closed.at("/data/reports/0/decision/decision") == "GONE");
  CHECK(closed.at("/data/reports/0/text/content").is_null());
}

TEST_CASE("The queue is paged by key") {
  Moderated world(ON_EACH_DATABASE());
  for (int i = 0; i < 3; ++i) REQUIRE(report(world.reader, "FEED", write_post(world.author)).status == 201);
  const auto page = reports_for(world.moderator, "?size=2");
  REQUIRE(count_of(page, "/data/reports") == 2);
  const auto last = std::to_string(page.number("/data/reports/1/reportId"));
  CHECK(count_of(reports_for(world.moderator, "?size=2&lastReportId=" + last), "/data/reports") == 1);
  for (const auto* query : {"?state=x", "?by=x", "?size=0", "?lastReportId=-1", "?state=open&state=open"}) {
    CHECK(reports_for(world.moderator, query).status == 400);
  }
}
