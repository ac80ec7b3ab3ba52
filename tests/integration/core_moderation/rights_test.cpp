// Who may call what, and act on whom.
#include <array>

#include "moderation_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

TEST_CASE("Calls of moderators and admins are theirs") {
  Moderated world(ON_EACH_DATABASE());
  auto nobody = world.node.browser();
  auto guest = world.node.guest();
  const auto post = write_post(world.author);
  const auto comment = write_comment(world.author, post);
  const auto user = std::to_string(world.author_id.value);
  REQUIRE(report(world.reader, "FEED", post).status == 201);
  const auto id = first_report(world.moderator);

  struct Call {
    std::string method, path, body;
    bool admins = false;
  };
  const std::array calls{Call{"GET", "/api/v1/admin/reports", ""},
                         Call{"GET", "/api/v1/admin/reports/" + id, ""},
                         Call{"POST", "/api/v1/admin/feeds/" + post + "/hide", because()},
                         Call{"POST", "/api/v1/admin/feeds/" + post + "/restore", because()},
                         Call{"POST", "/api/v1/admin/comments/" + comment + "/hide", because()},
                         Call{"POST", "/api/v1/admin/comments/" + comment + "/restore", because()},
                         Call{"POST", "/api/v1/admin/users/" + user + "/suspend", because()},
                         Call{"POST", "/api/v1/admin/users/" + user + "/lift", because()},
                         Call{"POST", "/api/v1/admin/reports/" + id, R"({"decision":"DISMISS"})"},
                         Call{"GET", "/api/v1/admin/audit", "", true},
                         Call{"GET", "/api/v1/admin/rules", "", true},
                         Call{"PUT", "/api/v1/admin/rules",
                              R"({"version":0,"words":[],"newcomerHours":24,"newcomerLinks":"HOLD"})", true}};
  for (const auto& call : calls) {
    INFO(call.method << ' ' << call.path);
    CHECK(nobody.send(call.method, call.path, call.body).status == 401);
    CHECK(guest.send(call.method, call.path, call.body).status == 403);
    CHECK(world.reader.send(call.method, call.path, call.body).status == 403);
    const auto by_moderator = world.moderator.send(call.method, call.path, call.body);
    CHECK((by_moderator.status == 403) == call.admins);
    const auto by_admin = world.admin.send(call.method, call.path, call.body);
    INFO(by_admin.body);
    CHECK((by_admin.status == 200 || by_admin.status == 409));
  }
}

TEST_CASE("Moderators act on members and guests, admins on moderators, nobody on themselves") {
  Moderated world(ON_EACH_DATABASE());
  auto guest = world.node.guest();
  const auto other_admin = world.node.create_user("ADMIN");
  const auto other_moderator = world.node.create_user("MODERATOR");
  auto second_moderator = world.node.signed_in(other_moderator);
  auto second_admin = world.node.signed_in(other_admin);
  struct Writer {
    Browser& browser;
    int by_moderator, by_admin;
  };
  for (const auto& writer :
       {Writer{world.author, 200, 200}, Writer{guest, 200, 200}, Writer{second_moderator, 403, 200},
        Writer{second_admin, 403, 403}, Writer{world.moderator, 403, 200}, Writer{world.admin, 403, 403}}) {
    const auto post = write_post(writer.browser);
    const auto by = post_of(writer.browser, post).number("/data/userId");
    const auto path = "/api/v1/admin/feeds/" + post + "/hide";
    CHECK(world.moderator.post(path, because()).status == writer.by_moderator);
    CHECK(world.admin.post(path, because()).status == writer.by_admin);
    if (by == world.moderator_id.value) continue;  // who is needed on
    const auto suspend = "/api/v1/admin/users/" + std::to_string(by) + "/suspend";
    CHECK(world.moderator.post(suspend, because()).status == writer.by_moderator);
    CHECK(world.admin.post(suspend, because()).status == writer.by_admin);
  }
  CHECK(world.moderator.post("/api/v1/admin/users/999999/suspend", because()).status == 404);
}

TEST_CASE("Each act is a row of the trail, with who, what and why") {
  Moderated world(ON_EACH_DATABASE());
  const auto post = write_post(world.author);
  const auto user = std::to_string(world.author_id.value);
  REQUIRE(world.moderator.post("/api/v1/admin/feeds/" + post + "/hide", because("첫째")).status == 200);
  REQUIRE(world.admin.post("/api/v1/admin/users/" + user + "/suspend", because("둘째")).status == 200);
  world.node.command("moderation", "lift", {{"id", user}, {"reason", "셋째"}});
  const auto trail = world.admin.get("/api/v1/admin/audit");
  REQUIRE(count_of(trail, "/data/entries") == 3);
  CHECK(trail.at("/data/entries/0/action") == "LIFT");
  CHECK(trail.number("/data/entries/0/actorId") == 0);
  CHECK(trail.at("/data/entries/1/targetType") == "USER");
  CHECK(trail.number("/data/entries/1/actorId") == world.admin_id.value);
  CHECK(trail.at("/data/entries/2/reason") == "첫째");
  CHECK(count_of(world.admin.get("/api/v1/admin/audit?size=2"), "/data/entries") == 2);
  const auto second = std::to_string(trail.number("/data/entries/1/entryId"));
  CHECK(count_of(world.admin.get("/api/v1/admin/audit?lastEntryId=" + second), "/data/entries") == 1);
  CHECK(world.node.command("moderation", "audit", {}, true).find("셋째") != std::string::npos);
}
