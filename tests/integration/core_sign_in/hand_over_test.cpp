// A session is brought to another device: what both devices see.
#include <algorithm>
#include <thread>

#include "core/sessions/sessions.hpp"
#include "hand_over_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

TEST_CASE("A guest's session comes to another device when the first one says yes") {
  HandingOver f(ON_EACH_DATABASE());
  CHECK(code_of(f.shown).size() == 6);
  CHECK(f.shown.at("/data/expiresAt") == boost::json::value(time::to_rfc3339(f.world.clock.now() + 5min)));
  CHECK(f.old_device.get(kHandOver).at("/data/state") == "WAITING");
  CHECK(f.old_device.post(kConfirm, confirming(f.shown)).status == 409);

  const auto code = code_of(f.shown);
  const auto claimed = type_code(f.new_device, code.substr(0, 3) + " " + code.substr(3));
  CHECK(claimed.status == 202);
  CHECK(claimed.at("/data/device").is_null());
  CHECK_THAT(claimed.field("set-cookie"),
             Catch::StartsWith("hand_over=") && Catch::Contains("; Path=/api/v1/sessions/hand-over; Max-Age=600; "
                                                                "HttpOnly; SameSite=Lax"));
  CHECK(f.new_device.get(kClaim).at("/data/state") == "CLAIMED");
  CHECK(f.new_device.post(kFinish).status == 409);
  const auto asked = f.old_device.get(kHandOver);
  CHECK(asked.at("/data/state") == "CLAIMED");
  CHECK(asked.at("/data/device") == "Chrome · Android");
  CHECK(asked.at("/data/address") == "127.0.0.0/24");
  CHECK(f.sessions() == 1);

  CHECK(f.old_device.post(kConfirm, confirming(f.shown)).status == 200);
  CHECK(f.old_device.post(kConfirm, confirming(f.shown)).status == 200);
  CHECK(f.old_device.get(kHandOver).at("/data/state") == "CONFIRMED");
  CHECK(f.new_device.get(kClaim).at("/data/state") == "CONFIRMED");
  CHECK(f.new_device.post(kFinish).status == 200);
  CHECK(f.new_device.jar.count("hand_over") == 0);
  CHECK(f.new_device.get("/api/v1/users/me").at("/data/userId") ==
        f.old_device.get("/api/v1/users/me").at("/data/userId"));
  CHECK(f.old_device.get("/api/v1/sessions").at("/data/sessions").as_array().size() == 2);
  CHECK(f.old_device.get(kHandOver).at("/data/state") == "CONFIRMED");
}

TEST_CASE("A member's session on another device is no fresh sign-in, and is told by mail") {
  World world(ON_EACH_DATABASE());
  const UserId user{json_at(world.node.users("create", {{"email", "kim@example.com"}}, true), "/userId").as_int64()};
  const auto signed_in = world.clock.now();
  auto old_device = world.node.signed_in(user);
  world.clock.advance(1h);
  const auto shown = old_device.post(kHandOver);
  auto phone = world.node.browser();
  REQUIRE(type_code(phone, code_of(shown)).status == 202);
  REQUIRE(old_device.post(kConfirm, confirming(shown)).status == 200);
  REQUIRE(phone.send("POST", kFinish, "", {{"User-Agent", kPhone}}).status == 200);
  const auto at = world.database.read([&](storage::Connection& connection) {
    return core::sessions::signed_in_at(
        connection, std::get<0>(connection.one<std::int64_t>("SELECT MAX(id) FROM sessions").value()));
  });
  CHECK(at == signed_in);
  CHECK(world.number("SELECT COUNT(*) FROM outbox") == 1);
  CHECK(old_device.get("/api/v1/sessions").at("/data/sessions/0/createdAt") ==
        boost::json::value(time::to_rfc3339(world.clock.now())));
}

TEST_CASE("A lost last answer is given again for half a minute: the same session, which renews") {
  HandingOver f(ON_EACH_DATABASE());
  f.let_in();
  auto again = f.new_device;
  auto late = f.new_device;
  REQUIRE(f.new_device.post(kFinish).status == 200);
  f.world.clock.advance(30s);
  CHECK(again.get(kClaim).at("/data/state") == "CONFIRMED");
  REQUIRE(again.post(kFinish).status == 200);
  CHECK(again.jar.at("refresh_token") == f.new_device.jar.at("refresh_token"));
  CHECK(f.sessions() == 2);
  CHECK(again.post("/api/token").status == 200);
  f.world.clock.advance(1s);
  CHECK(late.get(kClaim).status == 404);
  const auto over = late.post(kFinish);
  CHECK(over.status == 404);
  CHECK_THAT(over.field("set-cookie"), Catch::StartsWith("hand_over=;"));
}

TEST_CASE("Of many who finish at once all have the one session") {
  HandingOver f(ON_EACH_DATABASE());
  f.let_in();
  std::vector<Browser> tabs(4, f.new_device);
  std::vector<int> statuses(tabs.size());
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < tabs.size(); ++i) {
    threads.emplace_back([&, i] { statuses[i] = tabs[i].post(kFinish).status; });
  }
  for (auto& thread : threads) thread.join();
  CHECK(statuses == std::vector<int>(tabs.size(), 200));
  CHECK(f.sessions() == 2);
  for (auto& tab : tabs) CHECK(tab.jar.at("refresh_token") == tabs[0].jar.at("refresh_token"));
}

TEST_CASE("A code is claimed by one device, however many type it at once") {
  HandingOver f(ON_EACH_DATABASE());
  std::vector<Browser> devices;
  for (int i = 0; i < 4; ++i) devices.push_back(f.world.node.browser("127.0.0." + std::to_string(10 + i)));
  std::vector<int> statuses(devices.size());
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < devices.size(); ++i) {
    threads.emplace_back([&, i] { statuses[i] = type_code(devices[i], code_of(f.shown)).status; });
  }
  for (auto& thread : threads) thread.join();
  CHECK(std::ranges::count(statuses, 202) == 1);
  CHECK(std::ranges::count(statuses, 400) == 3);
}

TEST_CASE("A new code ends the one before; a claim of that is never confirmed by the new one's yes") {
  HandingOver f(ON_EACH_DATABASE());
  auto thief = f.world.node.browser("127.0.0.3");
  REQUIRE(type_code(thief, code_of(f.shown)).status == 202);
  const auto second = f.show();
  CHECK(thief.get(kClaim).status == 404);
  CHECK(f.old_device.get(kHandOver).at("/data/state") == "WAITING");
  REQUIRE(type_code(f.new_device, code_of(second)).status == 202);
  CHECK(f.old_device.post(kConfirm, confirming(f.shown)).status == 404);
  CHECK(f.old_device.get(kHandOver).at("/data/state") == "CLAIMED");
  CHECK(f.old_device.post(kConfirm, confirming(second)).status == 200);
  CHECK(thief.post(kFinish).status == 404);
  CHECK(f.new_device.post(kFinish).status == 200);
}

TEST_CASE("A device that is refused has nothing") {
  HandingOver f(ON_EACH_DATABASE());
  const bool confirmed = GENERATE(false, true);
  REQUIRE(type_code(f.new_device, code_of(f.shown)).status == 202);
  if (confirmed) REQUIRE(f.old_device.post(kConfirm, confirming(f.shown)).status == 200);
  CHECK(f.old_device.send("DELETE", kHandOver).status == 200);
  CHECK(f.old_device.send("DELETE", kHandOver).status == 404);
  CHECK(f.old_device.post(kConfirm, confirming(f.shown)).status == 404);
  CHECK(f.new_device.get(kClaim).status == 404);
  CHECK(f.new_device.post(kFinish).status == 404);
  CHECK(f.sessions() == 1);
}

TEST_CASE("A code ends after five minutes; who was let in has five more") {
  HandingOver f(ON_EACH_DATABASE());
  f.world.clock.advance(5min - 1s);
  const bool in_time = GENERATE(false, true);
  if (in_time) {
    f.let_in();
    f.world.clock.advance(5min - 1s);
    CHECK(f.new_device.post(kFinish).status == 200);
    return;
  }
  f.world.clock.advance(1s);
  CHECK(type_code(f.new_device, code_of(f.shown)).status == 400);
  CHECK(f.old_device.get(kHandOver).status == 404);
}

TEST_CASE("A clock that was set back makes no code last") {
  HandingOver f(ON_EACH_DATABASE());
  f.world.clock.advance(-24h);
  CHECK(f.old_device.get(kHandOver).status == 404);
  CHECK(type_code(f.new_device, code_of(f.shown)).status == 400);
  CHECK(f.show().status == 201);
}

TEST_CASE("Nothing is brought from a session that ended, or of an account that was suspended") {
  HandingOver f(ON_EACH_DATABASE());
  const bool ended = GENERATE(true, false);
  const bool claimed = GENERATE(true, false);
  if (claimed) f.let_in();
  if (ended) {
    REQUIRE(f.old_device.post("/api/logout").status == 200);
  } else {
    f.world.node.users("suspend",
                       {{"id", std::to_string(f.world.number("SELECT MAX(id) FROM accounts"))}, {"reason", "x"}});
  }
  if (claimed) {
    CHECK(f.new_device.get(kClaim).status == 404);
    CHECK(f.new_device.post(kFinish).status == 404);
  } else {
    CHECK(type_code(f.new_device, code_of(f.shown)).status == 400);
  }
  CHECK(f.sessions() == 0);
}

TEST_CASE("The session that the new device had before ends") {
  HandingOver f(ON_EACH_DATABASE());
  f.new_device = f.world.node.guest();
  f.let_in();
  REQUIRE(f.new_device.post(kFinish).status == 200);
  CHECK(f.sessions() == 2);
  CHECK(f.world.number("SELECT COUNT(*) FROM accounts") == 2);
  CHECK(f.new_device.get("/api/v1/users/me").at("/data/userId") ==
        f.old_device.get("/api/v1/users/me").at("/data/userId"));
}
