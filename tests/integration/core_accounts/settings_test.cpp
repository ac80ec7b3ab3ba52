#include <boost/json/serialize.hpp>
#include <thread>

#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

constexpr std::string_view kSettings = "/api/v1/users/me/settings";
constexpr std::string_view kPrivate = R"({"profileVisibility":"PRIVATE"})";

Answer change(Browser& browser, std::string_view body) { return browser.send("PATCH", kSettings, body); }

std::string data_of(const Answer& answer) { return boost::json::serialize(answer.at("/data")); }

constexpr std::string_view kFresh =
    R"({"language":null,"colours":"WESTERN","profileVisibility":"PUBLIC",)"
    R"("notifications":{"FEED_LIKE":true,"COMMENT":true,"REPLY":true,"COMMENT_LIKE":true},"quietHours":null,"dayAt":null,"listedToday":true,"readableByLink":true})";

}  // namespace

TEST_CASE("Settings are changed one by one, and stay") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  auto member = world.node.signed_in(user);
  CHECK(data_of(member.get(kSettings)) == kFresh);
  CHECK(change(member, R"({"language":"en"})").status == 200);
  CHECK(change(member, R"({"colours":"KOREAN"})").status == 200);
  const auto both =
      std::string(R"({"language":"en","colours":"KOREAN","profileVisibility":"PUBLIC",)") +
      R"("notifications":{"FEED_LIKE":true,"COMMENT":true,"REPLY":true,"COMMENT_LIKE":true},"quietHours":null,"dayAt":null,"listedToday":true,"readableByLink":true})";
  CHECK(data_of(change(member, "{}")) == both);
  const auto quiet = data_of(change(member, R"({"quietHours":{"from":"22:00","to":"07:00"},"dayAt":"08:30"})"));
  CHECK(quiet.ends_with(
      R"("quietHours":{"from":"22:00","to":"07:00"},"dayAt":"08:30","listedToday":true,"readableByLink":true})"));
  CHECK(data_of(member.get(kSettings)) == quiet);
  CHECK(data_of(change(member, R"({"quietHours":null,"dayAt":null})")) == both);
  CHECK(change(member, R"({"language":"de"})").status == 400);
  CHECK(change(member, R"({"colours":"WESTERN","profileVisibility":"SECRET"})").status == 400);
  CHECK(change(member, "").status == 400);
  CHECK(data_of(member.get(kSettings)) == both);

  auto elsewhere = world.node.signed_in(user);
  CHECK(data_of(elsewhere.get(kSettings)) == both);
  CHECK(data_of(change(elsewhere, R"({"language":null,"colours":"WESTERN"})")) == kFresh);
  CHECK(world.node.browser().get(kSettings).status == 401);
  auto nobody = world.node.browser();
  CHECK(change(nobody, "{}").status == 401);
}

TEST_CASE("A guest chooses language and colours, and stays public") {
  World world(ON_EACH_DATABASE());
  auto guest = world.node.guest();
  CHECK(change(guest, R"({"language":"en","colours":"KOREAN","profileVisibility":"PUBLIC"})").status == 200);
  const auto before = data_of(guest.get(kSettings));
  CHECK(change(guest, R"({"language":"ko","profileVisibility":"PRIVATE"})").status == 403);
  CHECK(data_of(guest.get(kSettings)) == before);
}

TEST_CASE("Two tabs that change different settings at once both have their way") {
  World world(ON_EACH_DATABASE());
  auto first = world.node.guest();
  auto second = first;
  for (const auto* language : {"en", "ko", "en", "ko"}) {
    const std::string colours = std::string(language) == "en" ? "KOREAN" : "WESTERN";
    std::thread tab([&] { change(first, R"({"language":")" + std::string(language) + R"("})"); });
    change(second, R"({"colours":")" + colours + R"("})");
    tab.join();
    const auto settings = first.get(kSettings);
    CHECK(settings.at("/data/language") == language);
    CHECK(settings.at("/data/colours") == boost::json::value(colours));
  }
}

TEST_CASE("Of a private profile others see neither the list of posts nor the history; its posts stay in the feed") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  auto member = world.node.signed_in(user);
  const auto id = std::to_string(user.value);
  const auto feed = std::to_string(member.post("/api/v1/feeds", R"({"content":"글"})").number("/data/feedId"));
  const std::vector<std::string> kept{"/api/v1/feeds/profile?userId=" + id,
                                      "/api/v1/feeds/profile?type=BLUE&userId=" + id,
                                      "/api/v1/users/" + id + "/asset-histories?from=2020-01-01&to=2030-01-01"};
  auto guest = world.node.guest();
  auto other = world.node.signed_in(world.node.create_user());
  auto moderator = world.node.signed_in(world.node.create_user("MODERATOR"));
  auto admin = world.node.signed_in(world.node.create_user("ADMIN"));
  const auto expect = [&](int of_others) {
    for (const auto& target : kept) {
      INFO(target);
      for (auto* browser : {&guest, &other}) CHECK(browser->get(target).status == of_others);
      for (auto* browser : {&member, &moderator, &admin}) CHECK(browser->get(target).status == 200);
    }
  };

  expect(200);
  const auto tag = guest.get(kept.back()).field("etag");
  REQUIRE(change(member, kPrivate).status == 200);
  expect(403);
  CHECK(guest.send("GET", kept.back(), {}, {{"If-None-Match", tag}}).status == 403);
  CHECK(guest.get("/api/v1/feeds/" + feed).status == 200);
  CHECK(guest.get("/api/v1/feeds").at("/data/feeds").as_array().size() == 1);
  CHECK(guest.get("/api/v1/users/" + id).at("/data/profileVisibility") == "PRIVATE");
  CHECK(json_at(world.node.users("show", {{"id", id}}, true), "/profileVisibility") == "PRIVATE");

  world.execute("UPDATE accounts SET status = 1 WHERE id = " + id);  // hidden is as if not there, private or not
  for (const auto& target : kept) CHECK(guest.get(target).status == 404);
  world.execute("UPDATE accounts SET status = 0 WHERE id = " + id);
  REQUIRE(change(member, R"({"profileVisibility":"PUBLIC"})").status == 200);
  expect(200);
}
