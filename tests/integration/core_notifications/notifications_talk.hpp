#pragma once

#include <string>
#include <vector>

#include "support/core/feed_talk.hpp"

namespace dontgoback::test {

inline Answer notifications_of(Browser& browser, std::string_view query = "") {
  auto answer = browser.get("/api/v1/notifications" + std::string(query));
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  return answer;
}

/// Each as `KIND count`, and `*` behind those that are unread, the newest first.
inline std::vector<std::string> told(Browser& browser, std::string_view query = "") {
  std::vector<std::string> all;
  const auto listed = notifications_of(browser, query).at("/data/notifications");
  for (const auto& each : listed.as_array()) {
    all.push_back(std::string(each.at("kind").as_string()) + " " + std::to_string(each.at("count").as_int64()) +
                  (each.at("read").as_bool() ? "" : "*"));
  }
  return all;
}

inline std::int64_t unread(Browser& browser) { return notifications_of(browser).number("/data/unreadCount"); }

inline Answer mark_read(Browser& browser, std::int64_t up_to) {
  return browser.post("/api/v1/notifications/read", R"({"upTo":)" + std::to_string(up_to) + "}");
}

inline std::int64_t newest(Browser& browser) {
  return notifications_of(browser).number("/data/notifications/0/notificationId");
}

inline void like(Browser& browser, std::string_view post) {
  REQUIRE(browser.send("PUT", "/api/v1/feedLikes/" + std::string(post)).status == 200);
}
inline void unlike(Browser& browser, std::string_view post) {
  REQUIRE(browser.send("DELETE", "/api/v1/feedLikes/" + std::string(post)).status == 200);
}

using Told = std::vector<std::string>;

}  // namespace dontgoback::test
