#pragma once

#include "core/parts.hpp"
#include "core/push_subscriptions/push_subscriptions.hpp"
#include "support/core/feed_talk.hpp"

namespace dontgoback::test {

inline constexpr std::string_view kSubscriptions = "/api/v1/push/subscriptions";

inline std::string endpoint(int number) { return "https://push.example/" + std::to_string(number); }

inline Answer subscribe(Browser& browser, const std::string& at) {
  return browser.send(
      "PUT", std::string(kSubscriptions),
      R"({"endpoint":")" + at +
          R"(","keys":{"p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8)"
          R"(pZGH6SRpkNtoIAiw4","auth":"BTBZMqHH6r4Tts7J_aSIgg"}})");
}

inline void like(Browser& browser, std::string_view post) {
  REQUIRE(browser.send("PUT", "/api/v1/feedLikes/" + std::string(post)).status == 200);
}

inline std::int64_t pushes(World& world) { return world.number("SELECT COUNT(*) FROM outbox WHERE topic = 'pushes'"); }
inline std::int64_t subscriptions(World& world) { return world.number("SELECT COUNT(*) FROM push_subscriptions"); }

inline UserId user_of(Browser& browser) { return UserId{browser.get("/api/v1/users/me").number("/data/userId")}; }

}  // namespace dontgoback::test
