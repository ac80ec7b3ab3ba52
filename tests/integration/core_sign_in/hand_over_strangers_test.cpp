// What strangers, and those who do it wrongly, have of a hand-over.
#include <atomic>
#include <thread>

#include "core/parts.hpp"
#include "core/sessions/sessions.hpp"
#include "hand_over_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

std::string other_than(const std::string& code) { return code == "000000" ? "000001" : "000000"; }

}  // namespace

TEST_CASE("Who is somebody else, or nobody, has no part in it") {
  HandingOver f(ON_EACH_DATABASE());
  REQUIRE(type_code(f.new_device, code_of(f.shown)).status == 202);
  auto other = f.world.node.guest();
  CHECK(other.get(kHandOver).status == 404);
  CHECK(other.post(kConfirm, confirming(f.shown)).status == 404);
  CHECK(other.send("DELETE", kHandOver).status == 404);
  CHECK(other.get(kClaim).status == 404);
  CHECK(other.post(kFinish).status == 404);
  auto nobody = f.world.node.browser();
  for (const auto& answer : {nobody.post(kHandOver), nobody.get(kHandOver), nobody.post(kConfirm, confirming(f.shown)),
                             nobody.send("DELETE", kHandOver)}) {
    CHECK(answer.status == 401);
  }
  nobody.take_cookie("hand_over=" + std::string(43, 'A') + "; Path=" + kHandOver);
  CHECK(nobody.post(kFinish).status == 404);
  CHECK(f.old_device.get(kHandOver).at("/data/state") == "CLAIMED");
}

TEST_CASE("An address has five tries, and the right code is none of the next ones") {
  HandingOver f(ON_EACH_DATABASE());
  const auto wrong = other_than(code_of(f.shown));
  for (int left = 4; left >= 0; --left) {
    const auto answer = type_code(f.new_device, wrong);
    CHECK(answer.status == 400);
    CHECK(answer.number("/data/triesLeft") == left);
  }
  const auto refused = type_code(f.new_device, code_of(f.shown));
  CHECK(refused.status == 429);
  CHECK(!refused.field("retry-after").empty());
  auto other = f.world.node.browser("127.0.0.9");
  CHECK(type_code(other, code_of(f.shown)).status == 202);
}

TEST_CASE("All strangers together guess at three hundred codes, not at a million") {
  HandingOver f(storage::Dialect::sqlite);
  const auto wrong = other_than(code_of(f.shown));
  int tries = 0;
  for (int i = 0; i < 70; ++i) {
    auto stranger = f.world.node.browser("127.1.0." + std::to_string(1 + i));
    for (int j = 0; j < 5; ++j) tries += type_code(stranger, wrong).status == 400;
  }
  CHECK(tries >= 300);
  CHECK(tries < 320);  // some come back meanwhile
}

TEST_CASE("The database holds neither code nor cookie") {
  HandingOver f(ON_EACH_DATABASE());
  REQUIRE(type_code(f.new_device, code_of(f.shown)).status == 202);
  const auto cookie = f.new_device.jar.at("hand_over");
  f.world.database.read([&](storage::Connection& connection) {
    const auto [code, claim] =
        connection.one<std::string, std::string>("SELECT code_hash, claim_hash FROM hand_overs").value();
    CHECK_THAT(code, !Catch::Contains(code_of(f.shown)));
    CHECK(code != core::sessions::stored_form(code_of(f.shown)));
    CHECK(claim != cookie);
  });
}

TEST_CASE("What is not asked well is 400 and uses no try up") {
  HandingOver f(ON_EACH_DATABASE());
  for (const std::string_view body : {"", "{}", R"({"code":123456})", R"({"code":null})", "[]", "{"}) {
    CHECK(f.new_device.post(kClaim, body).status == 400);
    CHECK(f.old_device.post(kConfirm, body).status == 400);
  }
  CHECK(f.new_device.post(kClaim, R"({"code":"x"})").number("/data/triesLeft") == 4);
}

TEST_CASE("A session shows one code, and they go with their account and in time") {
  HandingOver f(ON_EACH_DATABASE());
  std::vector<Browser> tabs(4, f.old_device);
  std::vector<std::thread> threads;
  std::atomic<int> shown = 0;
  for (auto& tab : tabs) threads.emplace_back([&] { shown += tab.post(kHandOver).status == 201; });
  for (auto& thread : threads) thread.join();
  CHECK(shown == 4);
  CHECK(f.world.number("SELECT COUNT(*) FROM hand_overs") == 1);
  const bool removed = GENERATE(true, false);
  if (removed) {
    static const core::Parts kParts;
    const UserId user{f.world.number("SELECT MAX(id) FROM accounts")};
    f.world.database.write([&](storage::Connection& connection) {
      core::accounts::lock_account(connection, user);
      kParts.life_cycle.remove(connection, user);
    });
  } else {
    f.world.clock.advance(1h);
    REQUIRE(f.world.node.scheduler().run_now("guest-purge"));
  }
  CHECK(f.world.number("SELECT COUNT(*) FROM hand_overs") == 0);
}
