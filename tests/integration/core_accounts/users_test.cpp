#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

std::string path_of(UserId user) { return "/api/v1/users/" + std::to_string(user.value); }

UserId create_with_email(World& world, const std::string& email) {
  const auto printed = world.node.users("create", {{"email", email}}, true);
  return UserId{json_at(printed, "/userId").as_int64()};
}

}  // namespace

TEST_CASE("A member sees itself whole and others without their address; an admin sees it") {
  World world(ON_EACH_DATABASE());
  const auto user = create_with_email(world, "someone@example.com");
  auto member = world.node.signed_in(user);
  auto other = world.node.signed_in(world.node.create_user());
  auto admin = world.node.signed_in(world.node.create_user("ADMIN"));
  const auto id = std::to_string(user.value);
  const auto whole = [&](std::string_view email) {
    return R"("data":{"userId":)" + id + R"(,"email":)" + std::string(email) +
           R"(,"profileVisibility":"PUBLIC","userName":"1000만","userType":"BLUE","userRole":"USER"}})";
  };
  const auto shown = whole(R"("some******@e*****.com")");
  CHECK_THAT(member.get("/api/v1/users/me").body, Catch::EndsWith(shown));
  CHECK_THAT(member.get(path_of(user)).body, Catch::EndsWith(shown));
  CHECK_THAT(admin.get(path_of(user)).body, Catch::EndsWith(shown));
  auto moderator = world.node.signed_in(world.node.create_user("MODERATOR"));
  for (auto* viewer : {&other, &moderator}) {
    CHECK_THAT(viewer->get(path_of(user)).body, Catch::EndsWith(whole("null")));
  }
  CHECK(other.get("/api/v1/users/me").at("/data/email") == nullptr);
  auto guest = world.node.guest();
  CHECK(guest.get("/api/v1/users/me").at("/data/email") == "gues******@d*****.invalid");
  CHECK(world.node.browser().get(path_of(user)).status == 401);
}

TEST_CASE("Who is not there, or hidden, is 404") {
  World world(ON_EACH_DATABASE());
  auto guest = world.node.guest();
  const auto user = world.node.create_user();
  CHECK(guest.get(path_of(user)).status == 200);
  CHECK(guest.get("/api/v1/users/999999").status == 404);
  CHECK(guest.get("/api/v1/users/9223372036854775808").status == 400);
  CHECK(guest.get("/api/v1/users/x").status == 400);
  CHECK(guest.get("/api/v1/users/0").status == 400);
  const auto set_status = "UPDATE accounts SET status = ";
  for (const auto& [status, expected] : {std::pair("1", 404), std::pair("2", 404), std::pair("3", 200)}) {
    world.execute(set_status + std::string(status) + " WHERE role = 1");
    CHECK(guest.get(path_of(user)).status == expected);
  }
}

TEST_CASE("The users commands check what they are given") {
  World world(ON_EACH_DATABASE());
  auto& node = world.node;
  CHECK_THROWS_AS(node.users("create", {{"member-role", "GUEST"}}), std::invalid_argument);
  for (const std::string email : {"x", "@x", "x@", "a@b@c", "a b@c", "a@b\n"}) {
    CHECK_THROWS_AS(node.users("create", {{"email", email}}), std::invalid_argument);
  }
  CHECK_THROWS_AS(node.users("sign-in-link", {}), std::invalid_argument);
  CHECK_THROWS_AS(node.users("suspend", {{"id", "1"}}), std::invalid_argument);
  CHECK_THROWS_AS(node.users("suspend", {{"id", "1"}, {"reason", std::string(201, 'x')}}), std::invalid_argument);
  CHECK(world.number("SELECT COUNT(*) FROM accounts") == 0);
  CHECK_THROWS_AS(node.users("suspend", {{"id", "1"}, {"reason", "x"}}), std::runtime_error);
  CHECK_THROWS_AS(node.users("sign-in-link", {{"id", "1"}}), std::runtime_error);
  node.guest();
  const auto guest = world.number("SELECT id FROM accounts");
  CHECK_THROWS_AS(node.users("sign-in-link", {{"id", std::to_string(guest)}}), std::runtime_error);
}

TEST_CASE("The users commands print tables, or JSON") {
  World world(ON_EACH_DATABASE());
  auto& node = world.node;
  const auto first = node.create_user();
  const auto second = node.create_user("ADMIN");
  const std::string head = "userId  userRole  status  userName\n";
  const auto row = [](UserId id, std::string role) {
    auto number = std::to_string(id.value);
    number.resize(8, ' ');
    role.resize(10, ' ');
    return number + role + "ACTIVE  1000만\n";
  };
  CHECK(node.users("list", {}) == head + row(first, "USER") + row(second, "ADMIN"));
  CHECK(node.users("list", {{"limit", "1"}, {"after", std::to_string(first.value)}}) == head + row(second, "ADMIN"));
  CHECK(node.users("list", {{"after", std::to_string(first.value)}}, true) ==
        R"([{"userId":)" + std::to_string(second.value) +
            R"(,"userRole":"ADMIN","status":"ACTIVE","userName":"1000만"}])" + "\n");
  CHECK_THAT(node.users("sign-in-link", {{"id", std::to_string(first.value)}}, true),
             Catch::StartsWith(R"({"url":"http://core.test/api/sign-in-link?token=)"));
}

TEST_CASE("A link is only made for who it would sign in, and what it changes is said") {
  World world(ON_EACH_DATABASE());
  auto& node = world.node;
  const auto user = node.create_user();
  const GivenOptions id{{"id", std::to_string(user.value)}};
  const auto link = [&] { return node.users("sign-in-link", id); };
  const auto links = [&] { return world.number("SELECT COUNT(*) FROM sign_in_links"); };

  link();
  CHECK(node.notes().empty());
  node.users("suspend", {{"id", std::to_string(user.value)}, {"reason", "x"}});
  CHECK_THROWS_WITH(link(),
                    Catch::Contains("suspended") && Catch::Contains("users activate " + std::to_string(user.value)));
  CHECK(links() == 1);
  for (const auto& [status, name] : {std::pair("1", "INACTIVE"), std::pair("2", "CLOSE_REQUESTED")}) {
    world.execute("UPDATE accounts SET status = " + std::string(status));
    link();
    CHECK_THAT(node.notes(), Catch::Contains(name) && Catch::Contains("ACTIVE again"));
  }
  CHECK(links() == 3);
}

TEST_CASE("A status that an account has already is not given again") {
  World world(ON_EACH_DATABASE());
  auto& node = world.node;
  const auto id = std::to_string(node.create_user().value);
  const auto rows = [&] { return world.number("SELECT COUNT(*) FROM account_history"); };
  for (const std::string command : {"activate", "suspend", "activate"}) {
    const bool first = command == "activate" && rows() == 1;  // it was made ACTIVE
    for (const bool again : {first, true}) {
      const auto before = rows();
      const auto printed = node.users(command, {{"id", id}, {"reason", "x"}});
      CHECK_THAT(printed, Catch::Contains(command == "suspend" ? "SUSPENDED" : "ACTIVE"));
      CHECK(node.notes().empty() == !again);
      CHECK(rows() == before + (again ? 0 : 1));
    }
  }
}
