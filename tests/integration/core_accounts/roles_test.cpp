#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

std::string promote(World& world, UserId user, const std::string& to = "") {
  GivenOptions given{{"id", std::to_string(user.value)}};
  if (!to.empty()) given.emplace_back("to", to);
  return world.node.users("promote", given, true);
}

std::string role_at(Browser& browser, const std::string& target, std::string_view pointer) {
  return std::string(browser.get(target).at(pointer).as_string());
}

}  // namespace

TEST_CASE("A moderator is a USER wherever others look, and a MODERATOR to themselves and to admins") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  auto moderator = world.node.signed_in(user);
  const auto id = std::to_string(user.value);
  const auto post = moderator.post("/api/v1/feeds", R"({"content":"글"})");
  const auto feed = std::to_string(post.number("/data/feedId"));
  moderator.post("/api/v1/comments", R"({"feedId":)" + feed + R"(,"content":"댓글"})");
  promote(world, user, "MODERATOR");

  const std::vector<std::pair<std::string, std::string>> places{
      {"/api/v1/users/" + id, "/data/userRole"},
      {"/api/v1/feeds", "/data/feeds/0/userRole"},
      {"/api/v1/feeds/" + feed, "/data/userRole"},
      {"/api/v1/feeds/profile?userId=" + id, "/data/feeds/0/userRole"},
      {"/api/v1/comments/" + feed, "/data/comments/0/userRole"}};
  auto guest = world.node.guest();
  auto other = world.node.signed_in(world.node.create_user("MODERATOR"));
  auto admin = world.node.signed_in(world.node.create_user("ADMIN"));
  for (const auto& [target, pointer] : places) {
    INFO(target);
    CHECK(role_at(guest, target, pointer) == "USER");
    CHECK(role_at(other, target, pointer) == "USER");
    CHECK(role_at(moderator, target, pointer) == "MODERATOR");
    CHECK(role_at(admin, target, pointer) == "MODERATOR");
  }
  CHECK(role_at(moderator, "/api/v1/users/me", "/data/userRole") == "MODERATOR");
  // What a moderator is answered when writing is their own.
  const auto written = moderator.post("/api/v1/feeds", R"({"content":"또"})");
  CHECK(written.at("/data/userRole") == "MODERATOR");
}

TEST_CASE("A promotion counts at once, is kept in the history, and is not done twice") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  auto member = world.node.signed_in(user);
  const auto rows = [&] { return world.number("SELECT COUNT(*) FROM account_history"); };
  for (const std::string role : {"", "MODERATOR", "USER", "ADMIN"}) {
    const std::string expected = role.empty() ? "ADMIN" : role;
    CHECK(json_at(promote(world, user, role), "/userRole") == boost::json::value(expected));
    CHECK(world.node.notes().empty());
    CHECK(role_at(member, "/api/v1/users/me", "/data/userRole") == expected);
    const auto before = rows();
    promote(world, user, role);
    CHECK_THAT(world.node.notes(), Catch::Contains(expected + " already"));
    CHECK(rows() == before);
  }
  CHECK(rows() == 5);
}

TEST_CASE("A guest is not promoted, nor who is not there") {
  World world(ON_EACH_DATABASE());
  auto guest = world.node.guest();
  const UserId id{guest.get("/api/v1/users/me").number("/data/userId")};
  for (const auto* role : {"USER", "MODERATOR", "ADMIN"}) {
    CHECK_THROWS_WITH(promote(world, id, role), Catch::Contains("guest"));
    CHECK_THROWS_AS(promote(world, UserId{id.value + 1}, role), std::runtime_error);
  }
  CHECK_THROWS_AS(promote(world, id, "GUEST"), std::invalid_argument);
  CHECK_THROWS_AS(world.node.users("promote", {{"to", "ADMIN"}}), std::invalid_argument);
  CHECK(role_at(guest, "/api/v1/users/me", "/data/userRole") == "GUEST");
  CHECK(world.number("SELECT COUNT(*) FROM account_history") == 1);
}

TEST_CASE("An operator sees an account with its history and its open sessions, and no address") {
  World world(ON_EACH_DATABASE());
  const auto created = world.node.users("create", {{"email", "someone@example.com"}}, true);
  const UserId user{json_at(created, "/userId").as_int64()};
  const GivenOptions id{{"id", std::to_string(user.value)}};
  auto first = world.node.signed_in(user);
  auto second = world.node.signed_in(user);
  second.post("/api/logout");
  const auto shown = [&] { return world.node.users("show", id, true); };
  CHECK(json_at(shown(), "/sessions") == 1);
  CHECK(json_at(shown(), "/email") == "some******@e*****.com");
  CHECK_THAT(world.node.users("show", id), !Catch::Contains("someone@"));

  promote(world, user, "MODERATOR");
  world.node.users("suspend", {id.front(), {"reason", "시험"}});
  CHECK(json_at(shown(), "/sessions") == 0);
  CHECK(json_at(shown(), "/userRole") == "MODERATOR");
  CHECK(json_at(shown(), "/status") == "SUSPENDED");
  CHECK(json_at(shown(), "/history").as_array().size() == 3);
  CHECK(json_at(shown(), "/history/0/reason") == "시험");
  CHECK(json_at(shown(), "/history/1/reason") == "made MODERATOR");
  CHECK(json_at(shown(), "/history/2/status") == "ACTIVE");
  CHECK_THROWS_AS(world.node.users("show", {{"id", "999"}}), std::runtime_error);
}
