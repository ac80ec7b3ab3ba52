// A stranger who sees all answers of both cannot tell whose walker is whose account.
#include <regex>
#include <set>

#include "integration/walk_walkers/walkers_world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

/// All of an answer that a client sees.
std::string whole(const Answer& answer) {
  auto text = answer.body;
  for (const auto& [name, value] : answer.fields) {
    if (name != "date" && name != "content-length" && !name.starts_with("ratelimit"))
      text += '\n' + name + ": " + value;
  }
  return text;
}

}  // namespace

TEST_CASE("No answer of walk has an account, its name or a moment, and none of core has a walker") {
  WalkersWorld world(ON_EACH_DATABASE());
  world.execute("UPDATE accounts SET id = id");
  std::string of_walk;
  std::string of_core;
  std::set<std::string> uuids;
  std::set<std::string> ids;
  std::set<std::string> names;
  for (int i = 0; i < 4; ++i) {
    // Numbers that nothing else has.
    auto member = world.member(i % 2 == 0 ? "s" + std::to_string(i) : "");
    const auto account = member.get("/api/v1/users/me");
    of_core += whole(account);
    ids.insert(std::to_string(account.number("/data/userId")));
    names.insert(std::string(account.at("/data/userName").as_string()));
    of_core += whole(member.post("/api/v1/feeds", R"({"content":"걷는 중"})"));
    const auto ticket = member.post("/api/v1/users/me/walker-ticket");
    of_core += whole(ticket);
    const auto begun = world.begin(R"({"ticket":")" + std::string(ticket.at("/data/ticket").as_string()) + "\"}");
    const auto phone = WalkersWorld::phone_in(begun);
    uuids.insert(phone.uuid);
    // The tokens are looked at apart: what is in them is for the phone, and has moments of its own.
    of_walk += std::regex_replace(whole(begun), std::regex("eyJ[\\w.-]+"), "");
    of_walk += whole(world.me(phone));
    of_walk += whole(world.send(phone, "PATCH", "/api/v1/walkers/me",
                                R"({"nickname":"Walk_)" + std::string(1, static_cast<char>('a' + i)) + R"("})"));
    of_walk +=
        std::regex_replace(whole(world.get(phone, "/api/v1/walkers/sessions")), std::regex("\"sessionId\":\\d+"), "");
    of_walk += whole(world.get(phone, "/api/v1/walkers/export"));
    of_core += whole(member.get("/api/v1/users/me"));
    of_core += whole(member.get("/api/v1/users/me/settings"));
    of_core += whole(member.get("/api/v1/sessions"));
    of_core += whole(member.get("/api/v1/feeds"));
    world.clock.advance(1min);
  }
  REQUIRE(uuids.size() == 4);
  for (const auto& uuid : uuids) CHECK(of_core.find(uuid) == std::string::npos);
  for (const std::string name : {"userUuid", "walkerId"}) CHECK(of_core.find(name) == std::string::npos);
  for (const auto& name : names) CHECK(of_walk.find(name) == std::string::npos);
  CHECK(of_walk.find("userId") == std::string::npos);
  CHECK(!std::regex_search(of_walk, std::regex("\\d{4}-\\d{2}-\\d{2}T")));
  CHECK(!std::regex_search(of_walk, std::regex("[^\\w-]1[78]\\d{8}(\\d{3})?[^\\w-]")));  // seconds, milliseconds
}

TEST_CASE("Nothing in walk's rows is an account's, and what stands there for a person says nothing") {
  WalkersWorld world(ON_EACH_DATABASE());
  auto one = world.member("s1");
  auto other = world.member();
  world.phone_by_ticket(one);
  world.phone_by_ticket(other);
  CHECK(world.number("SELECT COUNT(*) FROM walkers WHERE LENGTH(person) = 43") == 2);
  CHECK(world.number("SELECT COUNT(DISTINCT person) FROM walkers") == 2);
  // Neither a session's number nor a token's session grows by one.
  CHECK(world.number("SELECT COUNT(*) FROM walker_sessions WHERE id < 1000000") == 0);
  // Tokens of either let nobody in at the other's.
  const auto walker = world.phone_by_ticket(one);
  auto browser = world.browser();
  browser.jar["access_token"] = walker.access;
  CHECK(browser.get("/api/v1/users/me").status == 401);
  CHECK(world.me({one.jar.at("access_token"), "", ""}).status == 401);
}
