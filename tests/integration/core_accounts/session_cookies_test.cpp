// Which cookies are a session, over http and https, and what becomes of those that are not.
#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

std::vector<std::string> set_cookies(const Answer& answer) {
  std::vector<std::string> all;
  for (const auto& [field, value] : answer.fields) {
    if (field == "set-cookie") all.push_back(value);
  }
  return all;
}

const std::vector<std::string> kPlainCleared{
    "access_token=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
    "refresh_token=; Path=/api/token; Max-Age=0; HttpOnly; SameSite=Lax",
};
const std::vector<std::string> kSecureCleared{
    "__Host-access_token=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure",
    "__Host-refresh_token=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure",
    // What the browser may have from before the service had the others.
    "access_token=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure",
    "refresh_token=; Path=/api/token; Max-Age=0; HttpOnly; SameSite=Lax; Secure",
};

std::string without_value(const std::string& cookie) {
  return cookie.substr(0, cookie.find('=') + 1) + cookie.substr(cookie.find(';'));
}

struct SecureWorld : World {
  explicit SecureWorld(storage::Dialect dialect)
      : World(dialect), secure(database, clock, fresh.directory(), {}, "https://core.test") {}
  CoreNode secure;
};

/// Asks with two cookies of one name, in every place where one decides.
void refuses_two(SecureWorld& world, CoreNode& node, const std::string& prefix,
                 const std::vector<std::string>& cleared) {
  const auto mine = node.guest();
  const auto access = prefix + "access_token=" + mine.jar.at(prefix + "access_token");
  const auto refresh = prefix + "refresh_token=" + mine.jar.at(prefix + "refresh_token");
  const auto accounts = world.number("SELECT COUNT(*) FROM accounts");
  struct Row {
    std::string method, target;
    Browser::Fields cookies;
  };
  const std::vector<Row> rows{
      {"GET", "/api/v1/users/me", {{"Cookie", access + "; " + prefix + "access_token=evil"}}},
      {"GET", "/api/v1/users/me", {{"Cookie", prefix + "access_token=evil; " + access}}},
      {"GET", "/api/v1/users/me", {{"Cookie", access + "; " + access}}},
      {"GET", "/api/v1/users/me", {{"Cookie", access + ";" + prefix + "access_token="}}},
      {"GET", "/api/v1/users/me", {{"Cookie", access}, {"Cookie", prefix + "access_token=evil"}}},
      {"GET", "/api/v1/users/me", {{"Cookie", access}, {"cookie", "theme=dark"}}},
      {"GET", "/api/v1/users/me", {{"Cookie", access + "; " + refresh + "; " + prefix + "refresh_token=x"}}},
      {"POST", "/api/logout", {{"Cookie", access + "; " + prefix + "access_token=evil"}}},
      {"POST", "/api/token", {{"Cookie", refresh + "; " + prefix + "refresh_token=evil"}}},
      {"POST", "/api/token", {{"Cookie", prefix + "refresh_token=evil; " + refresh}}},
      {"POST", "/api/token", {{"Cookie", refresh + "; " + access + "; " + prefix + "access_token=evil"}}},
      // Where nobody need be signed in they are still not nobody.
      {"POST", "/api/guest", {{"Cookie", access + "; " + prefix + "access_token=evil"}}},
      {"POST", "/api/sign-in-link", {{"Cookie", access + "; " + prefix + "access_token=evil"}}},
      {"GET", "/api/sign-in-link?token=x", {{"Cookie", access + "; " + prefix + "access_token=evil"}}},
  };
  for (const auto& row : rows) {
    INFO(row.method << " " << row.target << " " << row.cookies.front().second);
    const auto answer = node.browser().send(row.method, row.target, "", row.cookies);
    if (row.target.starts_with("/api/sign-in-link")) {  // a page is asked for
      CHECK(answer.status == 303);
      CHECK(answer.field("location") == "/login?status=refused");
    } else {
      CHECK(answer.status == 401);
      CHECK(answer.at("/resultCode") == "F-401");
    }
    CHECK(set_cookies(answer) == cleared);
  }
  // Refused, but not ended: the session may be somebody's who has nothing to do with the other cookie.
  CHECK(world.number("SELECT COUNT(*) FROM accounts") == accounts);
  auto still = mine;
  CHECK(still.get("/api/v1/users/me").status == 200);
  CHECK(still.post("/api/token").status == 200);
}

}  // namespace

TEST_CASE("Over https the cookies are tied to the host") {
  SecureWorld world(ON_EACH_DATABASE());
  auto guest = world.secure.browser();
  const auto made = set_cookies(guest.post("/api/guest"));
  REQUIRE(made.size() == 2);
  CHECK(without_value(made[0]) == "__Host-access_token=; Path=/; Max-Age=7200; HttpOnly; SameSite=Lax; Secure");
  CHECK(without_value(made[1]) == "__Host-refresh_token=; Path=/; Max-Age=1209600; HttpOnly; SameSite=Lax; Secure");
  CHECK(guest.get("/api/v1/users/me").status == 200);
  const auto before = guest.jar;
  CHECK(guest.post("/api/token").status == 200);
  CHECK(guest.jar.at("__Host-refresh_token") != before.at("__Host-refresh_token"));
  // A sign-up that was begun goes, too.
  auto cleared = kSecureCleared;
  cleared.insert(cleared.begin(), "__Host-sign_up=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
  CHECK(set_cookies(guest.post("/api/logout")) == cleared);
  CHECK(guest.jar.empty());
}

TEST_CASE("Over https the names without the prefix are not read, and go") {
  SecureWorld world(ON_EACH_DATABASE());
  auto guest = world.secure.guest();
  Browser old = world.secure.browser();
  old.jar["access_token"] = guest.jar.at("__Host-access_token");
  old.jar["refresh_token"] = guest.jar.at("__Host-refresh_token");
  CHECK(old.get("/api/v1/users/me").status == 401);
  const auto renewed = old.post("/api/token");
  CHECK(renewed.status == 401);
  CHECK(set_cookies(renewed) == kSecureCleared);
  CHECK(old.jar.empty());
  // Beside the right ones they change nothing, however often they are there.
  CHECK(guest.send("GET", "/api/v1/users/me").status == 200);
  Browser both = world.secure.browser();
  const auto line =
      "access_token=x; access_token=y; refresh_token=z; __Host-access_token=" + guest.jar.at("__Host-access_token");
  CHECK(both.send("GET", "/api/v1/users/me", "", {{"Cookie", line}}).status == 200);
  CHECK(guest.post("/api/token").status == 200);
}

TEST_CASE("Over http the names with the prefix are not read") {
  World world(ON_EACH_DATABASE());
  const auto guest = world.node.guest();
  auto other = world.node.browser();
  other.jar["__Host-access_token"] = guest.jar.at("access_token");
  CHECK(other.get("/api/v1/users/me").status == 401);
}

TEST_CASE("Two cookies of one name are nobody's, and the browser is told to forget both") {
  SecureWorld world(ON_EACH_DATABASE());
  refuses_two(world, world.node, "", kPlainCleared);
  refuses_two(world, world.secure, "__Host-", kSecureCleared);
}
