#pragma once

#include <string>

#include "dontgoback/mail/message.hpp"
#include "support/core/world.hpp"

// What members say and see who leave.
namespace dontgoback::test {

inline constexpr std::string_view kClose = "/api/v1/users/account-close";
inline constexpr std::string_view kDeactivate = "/api/v1/users/account-inactive";
inline constexpr std::string_view kLeaveNow = "/api/v1/users/me/leave";

inline UserId member_with(World& world, const std::string& email) {
  return UserId{json_at(world.node.users("create", {{"email", email}}, true), "/userId").as_int64()};
}

inline Answer ask(Browser& browser, std::string_view path) {
  return browser.post(std::string(path) + "/email-request");
}

inline mail::Message last_mail(World& world) {
  const auto payload = world.database.read([](storage::Connection& connection) {
    return std::get<0>(connection.one<std::string>("SELECT payload FROM outbox ORDER BY id DESC LIMIT 1").value());
  });
  return mail::read(payload).value().message;
}

/// The path and query of the link in the last mail.
inline std::string last_link(World& world) {
  const auto text = last_mail(world).text;
  const auto at = text.find(std::string(kPublicUrl) + "/api/");
  REQUIRE(at != std::string::npos);
  return text.substr(at + kPublicUrl.size(), text.find('\n', at) - at - kPublicUrl.size());
}

/// Presses the button of the page behind a link.
inline Answer press(Browser& browser, const std::string& link) {
  const auto mark = link.find('?');
  return browser.post(link.substr(0, mark), link.substr(mark + 1));
}
inline Answer press(World& world, const std::string& link) {
  auto browser = world.node.browser();
  return press(browser, link);
}

inline std::int64_t status_of(World& world, UserId user) {
  return world.number("SELECT status FROM accounts WHERE id = " + std::to_string(user.value));
}

inline std::string until(World& world, std::chrono::hours from_now = std::chrono::hours(14 * 24)) {
  return time::to_string(time::Zone("Asia/Seoul").day_of(world.clock.now() + from_now));
}

inline std::int64_t write_post(Browser& browser) {
  return browser.post("/api/v1/feeds", R"({"content":"글"})").number("/data/feedId");
}

inline std::int64_t write_comment(Browser& browser, std::int64_t post, std::int64_t parent = 0) {
  const auto reply = parent == 0 ? "" : R"(,"parentCommentId":)" + std::to_string(parent);
  return browser.post("/api/v1/comments", R"({"feedId":)" + std::to_string(post) + reply + R"(,"content":"댓글"})")
      .number("/data/commentId");
}

}  // namespace dontgoback::test
