#include <algorithm>
#include <thread>

#include "core/parts.hpp"
#include "core/sign_in/arrival.hpp"
#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;
using core::sign_in::Proven;
using core::sign_in::SignUp;

namespace {

constexpr std::string_view kPath = "/api/v1/sign-up";
constexpr std::string_view kGood = R"({"age14":true,"terms":"2026-11-27"})";

/// Somebody has proved that the address is theirs, as a link in a mail does, and is nobody yet.
core::sign_in::Arrived arrive(World& world, const std::string& email, SignUp sign_up = SignUp::open,
                              std::optional<UserId> guest = {}) {
  static const core::Parts kParts;
  return world.database.write([&](storage::Connection& connection) {
    const auto member = core::accounts::find_by_email(connection, email);
    return core::sign_in::arrive(connection, kParts.life_cycle, sign_up, {member, "email", {}, email}, {}, guest,
                                 world.clock.now());
  });
}

void give(Browser& browser, const core::sign_in::Arrived& arrived) {
  browser.take_cookie("sign_up=" + arrived.sign_up.value() + "; Path=" + std::string(kPath));
}

}  // namespace

TEST_CASE("Somebody new says their age, accepts the terms and is a member") {
  World world(ON_EACH_DATABASE());
  const auto arrived = arrive(world, "somebody@mail.example");
  CHECK(arrived.location == "/welcome");
  CHECK(!arrived.signed_in);
  auto browser = world.node.browser();
  CHECK(browser.get(kPath).status == 404);
  give(browser, arrived);
  const auto asked = browser.get(kPath);
  CHECK(asked.status == 200);
  CHECK_THAT(asked.body, Catch::EndsWith(R"("data":{"way":"email","email":"some******@m*****.example",)"
                                         R"("needsInvitation":false,"terms":"2026-11-27","keepsPosts":false}})"));
  CHECK(browser.post(kPath, R"({"age14":false,"terms":"2026-11-27"})").status == 400);
  CHECK(browser.post(kPath, R"({"age14":true,"terms":"2020-01-01"})").status == 409);
  CHECK(browser.post(kPath, R"({"terms":"2026-11-27"})").status == 400);
  CHECK(world.number("SELECT COUNT(*) FROM accounts") == 0);

  const auto made = browser.post(kPath, kGood);
  CHECK(made.status == 201);
  CHECK(made.at("/resultCode") == "S-201");
  CHECK(browser.jar.count("sign_up") == 0);
  CHECK(browser.get("/api/v1/users/me").at("/data/userRole") == "USER");
  CHECK(browser.get("/api/v1/users/me").at("/data/email") == "some******@m*****.example");
  CHECK(world.number("SELECT COUNT(*) FROM consents WHERE age14 = 1 AND terms = '2026-11-27'") == 1);
  CHECK(browser.get(kPath).status == 404);

  // From then on the address is that member's way in.
  const auto again = arrive(world, "somebody@mail.example");
  CHECK(again.location == "/");
  CHECK(again.signed_in);
  CHECK(world.number("SELECT COUNT(*) FROM accounts") == 1);
}

TEST_CASE("A sign-up ends after 15 minutes, and nobody else's token is one") {
  World world(ON_EACH_DATABASE());
  auto browser = world.node.browser();
  give(browser, arrive(world, "somebody@mail.example"));
  world.clock.advance(15min - 1ms);
  CHECK(browser.get(kPath).status == 200);
  world.clock.advance(1ms);
  CHECK(browser.get(kPath).status == 404);
  CHECK(browser.post(kPath, kGood).status == 404);
  for (const std::string bad : {"x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
    browser.take_cookie("sign_up=" + bad + "; Path=" + std::string(kPath));
    CHECK(browser.post(kPath, kGood).status == 404);
    CHECK(browser.jar.count("sign_up") == 0);
  }
  CHECK(world.number("SELECT COUNT(*) FROM accounts") == 0);
}

TEST_CASE("A sign-up whose answer is lost is repeated: one account, another session") {
  World world(ON_EACH_DATABASE());
  const auto arrived = arrive(world, "somebody@mail.example");
  std::vector<Browser> browsers(4, world.node.browser());
  for (auto& browser : browsers) give(browser, arrived);
  std::vector<std::thread> threads;
  for (auto& browser : browsers) threads.emplace_back([&] { browser.post(kPath, kGood); });
  for (auto& thread : threads) thread.join();
  for (auto& browser : browsers) CHECK(browser.get("/api/v1/users/me").status == 200);
  CHECK(world.number("SELECT COUNT(*) FROM accounts") == 1);
}

TEST_CASE("The same address in two browsers becomes one account") {
  World world(ON_EACH_DATABASE());
  for (int round = 1; round <= 10; ++round) {
    std::vector<Browser> browsers(4, world.node.browser());
    for (auto& browser : browsers) give(browser, arrive(world, "somebody" + std::to_string(round) + "@mail.example"));
    std::vector<std::thread> threads;
    for (auto& browser : browsers) threads.emplace_back([&] { browser.post(kPath, kGood); });
    for (auto& thread : threads) thread.join();
    for (auto& browser : browsers) CHECK(browser.get("/api/v1/users/me").status == 200);
    CHECK(world.number("SELECT COUNT(*) FROM accounts") == round);
  }
}

TEST_CASE("What a guest wrote comes along to the new account when that was asked for") {
  World world(ON_EACH_DATABASE());
  const bool kept = GENERATE(true, false);
  // A guest's access token ends after two hours: who it was is known since it was asked for.
  const bool forgotten = GENERATE(true, false);
  auto guest = world.node.guest();
  guest.post("/api/v1/feeds", R"({"content":"손님"})");
  const auto as_guest = guest.jar;
  const UserId asking{world.number("SELECT id FROM accounts")};
  give(guest, arrive(world, "somebody@mail.example", SignUp::open, kept ? std::optional(asking) : std::nullopt));
  CHECK(guest.get(kPath).at("/data/keepsPosts") == kept);
  if (forgotten) guest.jar.erase("access_token");
  CHECK(guest.post(kPath, kGood).status == 201);
  const auto own = world.number("SELECT COUNT(*) FROM posts p JOIN accounts a ON a.id = p.user_id WHERE a.role = 1");
  CHECK(own == (kept ? 1 : 0));
  CHECK(world.number("SELECT COUNT(*) FROM accounts") == (kept ? 1 : 2));
  guest.jar = as_guest;
  if (kept || !forgotten) CHECK(guest.get("/api/v1/users/me").status == 401);
}

TEST_CASE("What a guest wrote is nobody's who is signed in as somebody else by then") {
  World world(ON_EACH_DATABASE());
  auto guest = world.node.guest();
  guest.post("/api/v1/feeds", R"({"content":"손님"})");
  const UserId asking{world.number("SELECT id FROM accounts")};
  auto other = world.node.guest();
  give(other, arrive(world, "somebody@mail.example", SignUp::open, asking));
  CHECK(other.post(kPath, kGood).status == 201);
  CHECK(world.number("SELECT COUNT(*) FROM posts WHERE user_id = " + std::to_string(asking.value)) == 1);
  CHECK(guest.get("/api/v1/users/me").status == 200);
}

TEST_CASE("Where nobody signs up, a stranger is told so and a member signs in") {
  World world(ON_EACH_DATABASE(), {{"sign-up", "closed"}});
  auto browser = world.node.browser();
  CHECK(browser.get("/api/v1/sign-in-providers").at("/data/signUp") == "CLOSED");
  CHECK(arrive(world, "somebody@mail.example", SignUp::closed).location == "/login?status=sign-up-closed");
  CHECK(world.number("SELECT COUNT(*) FROM sign_ups") == 0);
  world.node.users("create", {{"email", "Member@Mail.example"}});
  CHECK(arrive(world, "member@mail.example", SignUp::closed).location == "/");
  // It was open when it began.
  give(browser, arrive(world, "somebody@mail.example"));
  CHECK(browser.post(kPath, kGood).status == 403);
}

TEST_CASE("An invitation lets as many in as it says, until its end") {
  World world(ON_EACH_DATABASE(), {{"sign-up", "invitation"}});
  const auto url = world.node.users("invite", {{"uses", "2"}, {"days", "1"}});
  CHECK_THAT(url, Catch::StartsWith("http://core.test/login?invitation="));
  const auto code = url.substr(url.find('=') + 1, 43);
  const auto invited = R"({"age14":true,"terms":"2026-11-27","invitation":")" + code + R"("})";
  const auto sign_up = [&](const std::string& email, const std::string& body) {
    auto browser = world.node.browser();
    give(browser, arrive(world, email, SignUp::invitation));
    CHECK(browser.get(kPath).at("/data/needsInvitation") == true);
    const auto status = browser.post(kPath, body).status;
    if (status == 201) CHECK(browser.post(kPath, body).status == 404);  // its cookie is gone
    return status;
  };
  CHECK(sign_up("a@mail.example", std::string(kGood)) == 403);
  CHECK(sign_up("a@mail.example", R"({"age14":true,"terms":"2026-11-27","invitation":"x"})") == 403);
  CHECK(sign_up("a@mail.example", invited) == 201);
  CHECK_THAT(world.node.users("invitations", {}), Catch::Contains("1"));
  CHECK(sign_up("b@mail.example", invited) == 201);
  CHECK(sign_up("c@mail.example", invited) == 403);
  CHECK(world.number("SELECT COUNT(*) FROM accounts") == 2);

  const auto other = world.node.users("invite", {});
  const auto id = std::to_string(world.number("SELECT MAX(id) FROM invitations"));
  world.node.users("revoke-invitation", {{"id", id}});
  CHECK_THROWS_WITH(world.node.users("revoke-invitation", {{"id", id}}), Catch::Contains("no such invitation"));
  const auto revoked = R"({"age14":true,"terms":"2026-11-27","invitation":")" + other.substr(other.find('=') + 1, 43);
  CHECK(sign_up("c@mail.example", revoked + R"("})") == 403);
}

TEST_CASE("A person whom nobody knows signs up, and signs in from then on") {
  World world(ON_EACH_DATABASE());
  world.node.users("create", {{"email", "taken@mail.example"}});
  static const core::Parts kParts;
  const core::sign_in::Person person{"https://issuer.example", "1"};
  const auto come = [&](const std::optional<std::string>& email) {
    return world.database.write([&](storage::Connection& connection) {
      const Proven proven{core::sign_in::holder_of(connection, person), "google", person, email};
      return core::sign_in::arrive(connection, kParts.life_cycle, SignUp::open, proven, {}, {},
                                   world.clock.now());
    });
  };
  // An address is a way in of one: of the member who has it.
  std::vector<Browser> browsers(3, world.node.browser());
  for (auto& browser : browsers) give(browser, come("taken@mail.example"));
  std::vector<std::thread> threads;
  for (auto& browser : browsers) threads.emplace_back([&] { browser.post(kPath, kGood); });
  for (auto& thread : threads) thread.join();
  for (auto& browser : browsers) CHECK(browser.get("/api/v1/users/me").at("/data/email").is_null());
  CHECK(world.number("SELECT COUNT(*) FROM accounts") == 2);
  CHECK(world.number("SELECT COUNT(*) FROM identities") == 1);
  CHECK(come({}).location == "/");
}

TEST_CASE("A suspended member is told so") {
  World world(ON_EACH_DATABASE());
  world.node.users("create", {{"email", "member@mail.example"}});
  world.execute("UPDATE accounts SET status = 3");
  const auto arrived = arrive(world, "member@mail.example");
  CHECK(arrived.location == "/login?status=SUSPENDED");
  CHECK(!arrived.signed_in);
  CHECK(world.number("SELECT COUNT(*) FROM sessions") == 0);
}

TEST_CASE("An address is one account's") {
  World world(ON_EACH_DATABASE());
  world.node.users("create", {{"email", "member@mail.example"}});
  CHECK_THROWS_WITH(world.node.users("create", {{"email", "MEMBER@mail.example"}}),
                    Catch::Contains("another account's"));
}

TEST_CASE("Without guests nobody comes as one") {
  World world(ON_EACH_DATABASE(), {{"guests", "off"}});
  auto browser = world.node.browser();
  CHECK(browser.get("/api/v1/sign-in-providers").at("/data/guests") == false);
  const auto refused = browser.post("/api/guest");
  CHECK(refused.status == 403);
  CHECK(refused.at("/resultCode") == "F-403");
  CHECK(browser.jar.empty());
}

TEST_CASE("What a removed account said at its sign-up goes with it, and old sign-ups go by themselves") {
  World world(ON_EACH_DATABASE());
  auto browser = world.node.browser();
  give(browser, arrive(world, "somebody@mail.example"));
  CHECK(browser.post(kPath, kGood).status == 201);
  arrive(world, "other@mail.example");
  static const core::Parts kParts;
  const UserId member{world.number("SELECT id FROM accounts")};
  world.database.write([&](storage::Connection& connection) { kParts.life_cycle.remove(connection, member); });
  CHECK(world.number("SELECT COUNT(*) FROM consents") == 0);
  CHECK(world.number("SELECT COUNT(*) FROM sign_ups") == 1);
  world.clock.advance(24h);
  CHECK(world.node.scheduler().run_now("sign-in-tries"));
  CHECK(world.number("SELECT COUNT(*) FROM sign_ups") == 0);
}
