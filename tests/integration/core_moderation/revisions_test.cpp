// What a text said before it was edited, for who moderates.
#include "moderation_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

/// Words that were edited once: a post, or a comment below another's post.
struct Edited {
  Edited(Moderated& world, bool is_post)
      : kind(is_post ? "feeds" : "comments"),
        type(is_post ? "FEED" : "COMMENT"),
        id(is_post ? write_post(world.author, "첫째") : write_comment(world.author, write_post(world.reader), "첫째")) {
    edit(world, "둘째");
  }
  void edit(Moderated& world, std::string_view content) const {
    REQUIRE(world.author.send("PATCH", "/api/v1/" + kind + "/" + id, text_body(content)).status == 200);
  }
  Answer read_by(Browser& browser) const { return browser.post("/api/v1/admin/" + kind + "/" + id + "/revisions"); }

  std::string kind, type, id;
};

std::int64_t looks(World& world) { return world.number("SELECT COUNT(*) FROM audit_trail WHERE action = 11"); }

}  // namespace

TEST_CASE("Who moderates reads what a text said before, and the trail has it") {
  Moderated world(ON_EACH_DATABASE());
  const Edited edited(world, GENERATE(true, false));
  CHECK(edited.read_by(world.author).status == 403);
  CHECK(edited.read_by(world.reader).status == 403);
  CHECK(looks(world) == 0);

  const auto found = edited.read_by(world.moderator);
  CHECK(found.status == 200);
  CHECK_THAT(found.body, Catch::EndsWith(R"("data":{"revisions":[{"number":1,"content":"첫째","writtenAt":)"
                                         R"("2027-01-15T08:00:00.000Z"}]}})"));
  CHECK(edited.read_by(world.admin).status == 200);
  CHECK(looks(world) == 2);
  const auto trail = world.admin.get("/api/v1/admin/audit");
  CHECK(trail.at("/data/entries/1/action") == "REVISIONS");
  CHECK(std::string(trail.at("/data/entries/1/targetType").as_string()) == edited.type);
  CHECK(trail.number("/data/entries/1/targetId") == std::stoll(edited.id));
  CHECK(trail.number("/data/entries/1/actorId") == world.moderator_id.value);

  // Nothing to read is nothing to write down.
  const auto other = write_post(world.reader);
  CHECK(world.moderator.post("/api/v1/admin/feeds/" + other + "/revisions").status == 200);
  CHECK(world.moderator.post("/api/v1/admin/feeds/999999/revisions").status == 404);
  CHECK(world.moderator.post("/api/v1/admin/comments/999999/revisions").status == 404);
  CHECK(looks(world) == 2);
}

TEST_CASE("What is hidden keeps its earlier texts for who moderates, what is deleted does not") {
  Moderated world(ON_EACH_DATABASE());
  const Edited edited(world, GENERATE(true, false));
  REQUIRE(world.moderator.post("/api/v1/admin/" + edited.kind + "/" + edited.id + "/hide", because()).status == 200);
  CHECK(edited.read_by(world.moderator).status == 200);
  REQUIRE(world.author.send("DELETE", "/api/v1/" + edited.kind + "/" + edited.id).status == 200);
  CHECK(edited.read_by(world.moderator).status == 404);
  CHECK(edited.read_by(world.admin).status == 404);
}

TEST_CASE("What its author has put away is closed to who moderates until it is in the queue") {
  Moderated world(ON_EACH_DATABASE());
  const Edited edited(world, true);
  const auto archived = "/api/v1/feeds/" + edited.id + "/archived";
  REQUIRE(world.author.send("PUT", archived).status == 204);
  CHECK(edited.read_by(world.moderator).status == 404);
  CHECK(looks(world) == 0);
  REQUIRE(world.author.send("DELETE", archived).status == 204);
  REQUIRE(report(world.reader, "FEED", edited.id).status == 201);
  REQUIRE(world.author.send("PUT", archived).status == 204);
  CHECK(edited.read_by(world.moderator).status == 200);
  REQUIRE(decide(world.moderator, first_report(world.moderator), R"({"decision":"DISMISS"})").status == 200);
  CHECK(edited.read_by(world.moderator).status == 200);
}

TEST_CASE("Earlier texts of what is unlinked tell nobody who wrote it") {
  Moderated world(ON_EACH_DATABASE());
  const auto created = world.author.post("/api/v1/feeds", R"({"content":"첫째","unlinked":true})");
  const auto id = id_in(created, "feedId");
  REQUIRE(world.author.send("PATCH", "/api/v1/feeds/" + id, text_body("둘째")).status == 200);
  const auto found = world.moderator.post("/api/v1/admin/feeds/" + id + "/revisions");
  REQUIRE(found.status == 200);
  CHECK(found.at("/data").as_object().size() == 1);
  CHECK(found.at("/data/revisions/0").as_object().size() == 3);
}
