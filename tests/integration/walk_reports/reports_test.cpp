// What walkers may report, and what is made of it.
#include "reports_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

TEST_CASE("A walker reports what it sees, once") {
  Reports r(ON_EACH_DATABASE());
  SECTION("a nickname") {
    CHECK(r.report(r.ann, r.bob) == 201);
    CHECK(r.report(r.ann, "WALKER", r.bob.uuid, R"(,"text":"다른 말")") == 201);
    CHECK(r.kept() == 1);
    CHECK(r.report(r.cat, "WALKER", r.bob.uuid, R"(,"text":"나쁜 별명")") == 201);
    CHECK(r.open_cases() == 1);
    CHECK(r.count("times", "walk_report_cases WHERE kind = 1 AND name = 'bob'") == 2);
    CHECK(r.count("times", "walk_report_reasons WHERE reason = 2") == 2);
    CHECK(r.count("COUNT(*)", "walk_reports WHERE text = '나쁜 별명' AND number = 2") == 1);
  }
  SECTION("a group's name") {
    const auto group = r.group_of(r.ann, r.bob, "나쁜 이름");
    CHECK(r.report(r.bob, "GROUP", group) == 201);
    CHECK(r.report(r.bob, "GROUP", group) == 201);
    CHECK(r.count("times", "walk_report_cases WHERE kind = 2 AND name = '나쁜 이름'") == 1);
  }
  SECTION("a cheer") {
    r.cheer(r.ann, r.bob);
    CHECK(r.report(r.ann, "CHEER", r.bob.uuid) == 201);
    CHECK(r.report(r.ann, "CHEER", r.bob.uuid) == 201);
    CHECK(r.report(r.ann, r.bob) == 201);  // its nickname is another thing
    CHECK(r.open_cases() == 2);
    CHECK(r.count("times", "walk_report_cases WHERE kind = 3") == 1);
  }
}

TEST_CASE("Whoever has no nickname is seen by friends, and in groups") {
  Reports r(ON_EACH_DATABASE());
  const auto nameless = r.world.walker("");
  CHECK(r.report(r.ann, nameless) == 404);
  SECTION("friends") { r.befriend(r.ann, nameless); }
  SECTION("a group") { r.group_of(r.bob, nameless), r.group_of(nameless, r.ann); }
  CHECK(r.report(r.ann, nameless) == 201);
  CHECK(r.report(r.cat, nameless) == 404);
}

TEST_CASE("What a walker does not see is not there, and its own is refused") {
  Reports r(ON_EACH_DATABASE());
  const auto group = r.group_of(r.ann, r.bob);
  CHECK(r.report(r.ann, r.ann) == 400);
  CHECK(r.report(r.ann, "CHEER", r.ann.uuid) == 400);
  CHECK(r.report(r.ann, "GROUP", group) == 400);
  CHECK(r.report(r.cat, "GROUP", group) == 404);
  CHECK(r.report(r.ann, "CHEER", r.bob.uuid) == 404);
  CHECK(r.report(r.ann, "WALKER", "00000000-0000-4000-8000-000000000000") == 404);
  CHECK(r.report(r.ann, "WALKER", group) == 404);
  CHECK(r.report(r.bob, "GROUP", r.ann.uuid) == 404);
  for (const auto status : {walk::walkers::Status::suspended, walk::walkers::Status::leaving}) {
    r.world.set_status(r.bob, status);
    CHECK(r.report(r.ann, r.bob) == 404);
  }
  CHECK(r.count("COUNT(*)", "walk_report_cases") == 0);
}

TEST_CASE("Bodies of reports that say nothing sensible") {
  Reports r(storage::Dialect::sqlite);
  const auto refused = [&](const std::string& body) {
    CAPTURE(body);
    CHECK(r.world.send(r.ann, "POST", kReports, body).status == 400);
  };
  refused("");
  refused("{}");
  refused(Reports::body("FEED", r.bob.uuid));
  refused(Reports::body("walker", r.bob.uuid));
  refused(Reports::body("WALKER", "1"));
  refused(R"({"targetType":"WALKER","targetId":")" + r.bob.uuid + R"(","reason":"BORING"})");
  refused(Reports::body("WALKER", r.bob.uuid, R"(,"text":")" + std::string(601, 'x') + "\""));
  refused(Reports::body("WALKER", r.bob.uuid, R"(,"text":"\u0007")"));
  CHECK(r.kept() == 0);
  std::string longest;
  for (int i = 0; i < 600; ++i) longest += "\\ud83d\\ude00";
  CHECK(r.report(r.ann, "WALKER", r.bob.uuid, R"(,"text":")" + longest + "\"") == 201);
  CHECK(r.report(r.cat, "WALKER", r.bob.uuid, R"(,"text":"")") == 201);
  CHECK(r.count("COUNT(*)", "walk_reports WHERE text = ''") == 1);
}

TEST_CASE("A walker reports thirty times a day") {
  Reports r(storage::Dialect::sqlite);
  for (int i = 0; i < 30; ++i) REQUIRE(r.report(r.ann, r.bob) == 201);
  const auto refused = r.world.send(r.ann, "POST", kReports, Reports::body("WALKER", r.cat.uuid));
  CHECK(refused.status == 429);
  CHECK(r.report(r.bob, r.cat) == 201);
}
