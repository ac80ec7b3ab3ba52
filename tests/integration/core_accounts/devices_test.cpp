// Where an account is signed in: the list, its ends, and what members are told.
#include "core/parts.hpp"
#include "core/sessions/sessions.hpp"
#include "dontgoback/mail/message.hpp"
#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view kSessions = "/api/v1/sessions";
const std::string kPhone = "Mozilla/5.0 (Linux; Android 10; K) Chrome/131.0.0.0 Mobile Safari/537.36";
const std::string kLaptop = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0";

Browser sign_in(World& world, UserId user, const std::string& device, const Browser::Fields& more = {}) {
  auto browser = world.node.browser("127.0.0.7");
  const auto link = world.node.sign_in_link(user);
  Browser::Fields fields = more;
  fields.emplace_back("User-Agent", device);
  REQUIRE(browser.send("POST", "/api/sign-in-link", link.substr(link.find('?') + 1), fields).field("location") == "/");
  return browser;
}

UserId member(World& world, const std::string& email) {
  return UserId{json_at(world.node.users("create", {{"email", email}}, true), "/userId").as_int64()};
}

std::vector<mail::Message> mails(World& world) {
  std::vector<mail::Message> sent;
  world.database.read([&](storage::Connection& connection) {
    connection.each("SELECT payload FROM outbox ORDER BY id", storage::args(),
                    [&](std::string_view payload) { sent.push_back(mail::read(payload).value().message); });
  });
  return sent;
}

std::string id(const Answer& list, int index) {
  return std::to_string(list.number("/data/sessions/" + std::to_string(index) + "/sessionId"));
}

}  // namespace

TEST_CASE("Members see where they are signed in, the last used first") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  world.node.signed_in(world.node.create_user());
  const auto began = time::to_rfc3339(world.clock.now());
  auto laptop = sign_in(world, user, kLaptop);
  world.clock.advance(1h);
  auto phone = sign_in(world, user, kPhone);

  const auto list = laptop.get(kSessions);
  CHECK(list.status == 200);
  CHECK(list.at("/data/sessions").as_array().size() == 2);
  CHECK(list.at("/data/sessions/0/device") == "Chrome · Android");
  CHECK(list.at("/data/sessions/0/current") == false);
  CHECK(list.at("/data/sessions/1/device") == "Firefox · Linux");
  CHECK(list.at("/data/sessions/1/address") == "127.0.0.0/24");
  CHECK(list.at("/data/sessions/1/createdAt") == boost::json::value(began));
  CHECK(list.at("/data/sessions/1/lastUsedAt") == boost::json::value(began));
  CHECK(list.at("/data/sessions/1/current") == true);

  world.clock.advance(1h);
  REQUIRE(laptop.send("POST", "/api/token", "", {{"User-Agent", "curl/8"}}).status == 200);
  const auto renewed = laptop.get(kSessions);
  CHECK(renewed.at("/data/sessions/0/device").is_null());
  CHECK(renewed.at("/data/sessions/0/createdAt") == boost::json::value(began));
  CHECK(renewed.at("/data/sessions/0/lastUsedAt") == boost::json::value(time::to_rfc3339(world.clock.now())));

  world.clock.advance(13 * 24h + 23h);  // the phone's is over, and not yet removed
  REQUIRE(laptop.post("/api/token").status == 200);
  CHECK(laptop.get(kSessions).at("/data/sessions").as_array().size() == 1);
}

TEST_CASE("A guest's session is listed, too, and reading writes nothing") {
  World world(ON_EACH_DATABASE());
  auto guest = world.node.guest();
  const auto before = world.number("SELECT MAX(expires_at) FROM sessions");
  world.clock.advance(1h);
  CHECK(guest.get(kSessions).at("/data/sessions/0/current") == true);
  CHECK(world.number("SELECT MAX(expires_at) FROM sessions") == before);
  CHECK(world.number("SELECT COUNT(*) FROM known_devices") == 0);
  CHECK(world.node.browser().get(kSessions).status == 401);
}

TEST_CASE("A session that is ended is over at once, on every node") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  auto laptop = sign_in(world, user, kLaptop);
  auto phone = sign_in(world, user, kPhone);
  const auto second = world.second_node();
  auto elsewhere = second->browser();
  elsewhere.jar = phone.jar;
  REQUIRE(elsewhere.get("/api/v1/users/me").status == 200);

  const auto ended = "/api/v1/sessions/" + id(laptop.get(kSessions), 0);
  const auto answer = laptop.send("DELETE", ended);
  CHECK(answer.status == 200);
  CHECK(answer.field("set-cookie").empty());
  CHECK(elsewhere.get("/api/v1/users/me").status == 401);
  CHECK(phone.post("/api/token").status == 401);
  CHECK(laptop.get("/api/v1/users/me").status == 200);
  CHECK(laptop.send("DELETE", ended).status == 404);
  CHECK(laptop.get(kSessions).at("/data/sessions").as_array().size() == 1);
}

TEST_CASE("Ending one's own session signs out") {
  World world(ON_EACH_DATABASE());
  auto laptop = sign_in(world, world.node.create_user(), kLaptop);
  CHECK(laptop.send("DELETE", "/api/v1/sessions/" + id(laptop.get(kSessions), 0)).status == 200);
  CHECK(laptop.jar.empty());
}

TEST_CASE("Nobody ends somebody else's session") {
  World world(ON_EACH_DATABASE());
  auto mine = sign_in(world, world.node.create_user("ADMIN"), kLaptop);
  auto theirs = sign_in(world, world.node.create_user(), kPhone);
  const auto path = "/api/v1/sessions/" + id(theirs.get(kSessions), 0);
  CHECK(mine.send("DELETE", path).status == 404);
  CHECK(world.node.guest().send("DELETE", path).status == 404);
  CHECK(world.node.browser().send("DELETE", path).status == 401);
  for (const std::string_view bad : {"0", "-1", "x", "9223372036854775808"}) {
    CHECK(mine.send("DELETE", "/api/v1/sessions/" + std::string(bad)).status == 400);
  }
  CHECK(mine.send("DELETE", "/api/v1/sessions/9223372036854775807").status == 404);
  CHECK(mine.send("DELETE", kSessions).number("/data/ended") == 0);
  CHECK(theirs.get("/api/v1/users/me").status == 200);
}

TEST_CASE("All other sessions are ended at once") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  auto laptop = sign_in(world, user, kLaptop);
  auto phone = sign_in(world, user, kPhone);
  auto tablet = sign_in(world, user, kPhone);
  CHECK(laptop.send("DELETE", kSessions).number("/data/ended") == 2);
  CHECK(laptop.send("DELETE", kSessions).number("/data/ended") == 0);
  CHECK(phone.get("/api/v1/users/me").status == 401);
  CHECK(tablet.post("/api/token").status == 401);
  CHECK(laptop.get("/api/v1/users/me").status == 200);
}

TEST_CASE("A member has a mail of a sign-in on a device that is new, and of no other") {
  World world(ON_EACH_DATABASE());
  const auto user = member(world, "kim@example.com");
  sign_in(world, user, kLaptop);  // the first there is
  sign_in(world, user, kLaptop);
  CHECK(mails(world).empty());
  sign_in(world, user, kPhone, {{"Accept-Language", "en"}});
  REQUIRE(mails(world).size() == 1);
  const auto mail = mails(world).front();
  CHECK(mail.to == "kim@example.com");
  CHECK_THAT(mail.text, Catch::Contains("Device: Chrome · Android\nAddress: 127.0.0.0/24\n") &&
                            Catch::Contains(std::string(kPublicUrl) + "/settings"));
  sign_in(world, user, kPhone);
  sign_in(world, user, kLaptop);
  CHECK(mails(world).size() == 1);
}

TEST_CASE("The mail is in the language that the account has chosen") {
  World world(ON_EACH_DATABASE());
  const auto user = member(world, "kim@example.com");
  auto laptop = sign_in(world, user, kLaptop);
  REQUIRE(laptop.send("PATCH", "/api/v1/users/me/settings", R"({"language":"ko"})").status == 200);
  sign_in(world, user, kPhone, {{"Accept-Language", "en"}});
  CHECK_THAT(mails(world).at(0).text, Catch::Contains("기기: Chrome · Android\n"));
}

TEST_CASE("Who has no address is told nothing, and a device is known though its sessions are gone") {
  World world(ON_EACH_DATABASE());
  const auto silent = world.node.create_user();
  sign_in(world, silent, kLaptop);
  sign_in(world, silent, kPhone);
  const auto user = member(world, "kim@example.com");
  sign_in(world, user, kLaptop);
  sign_in(world, user, kPhone);
  CHECK(mails(world).size() == 1);
  world.execute("DELETE FROM sessions");
  sign_in(world, user, kPhone);
  CHECK(mails(world).size() == 1);
}

TEST_CASE("Of an account the 20 devices used last are known; they go with it") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  const auto sign_in_on = [&](const std::string& device) {
    world.clock.advance(1min);
    world.database.write([&](storage::Connection& connection) {
      core::sessions::begin_session(connection, user, http::Role::user, {device, "", {}, nullptr}, world.clock.now());
    });
  };
  for (int i = 0; i < 25; ++i) {
    sign_in_on("first");
    sign_in_on("device " + std::to_string(i));
  }
  CHECK(world.number("SELECT COUNT(*) FROM known_devices") == 20);
  CHECK(world.number("SELECT COUNT(*) FROM known_devices WHERE device = 'first'") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM known_devices WHERE device = 'device 5'") == 0);
  static const core::Parts kParts;
  world.database.write([&](storage::Connection& connection) {
    core::accounts::lock_account(connection, user);
    kParts.life_cycle.remove(connection, user);
  });
  CHECK(world.number("SELECT COUNT(*) FROM known_devices") == 0);
}

TEST_CASE("A session says when its member signed in, until it has ended") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  const auto began = world.clock.now();
  auto laptop = sign_in(world, user, kLaptop);
  const auto session = world.number("SELECT MAX(id) FROM sessions");
  const auto at = [&] {
    return world.database.read(
        [&](storage::Connection& connection) { return core::sessions::signed_in_at(connection, session); });
  };
  world.clock.advance(1h);
  REQUIRE(laptop.post("/api/token").status == 200);
  CHECK(at() == began);
  laptop.post("/api/logout");
  CHECK_FALSE(at());
}
