#pragma once

#include <string>

#include "support/core/world.hpp"

// What both devices say of a hand-over.
namespace dontgoback::test {

inline const std::string kHandOver = "/api/v1/sessions/hand-over";
inline const std::string kConfirm = kHandOver + "/confirm";
inline const std::string kClaim = kHandOver + "/claim";
inline const std::string kFinish = kClaim + "/finish";
inline const std::string kPhone = "Mozilla/5.0 (Linux; Android 10; K) Chrome/131.0.0.0 Mobile Safari/537.36";

inline std::string code_of(const Answer& shown) { return std::string(shown.at("/data/code").as_string()); }

inline std::string confirming(const Answer& shown) {
  return R"({"handOverId":)" + std::to_string(shown.number("/data/handOverId")) + "}";
}

inline Answer type_code(Browser& browser, const std::string& code) {
  return browser.send("POST", kClaim, R"({"code":")" + code + "\"}", {{"User-Agent", kPhone}});
}

/// A guest whose first device shows a code, and the other one.
struct HandingOver {
  explicit HandingOver(storage::Dialect dialect) : world(dialect), old_device(world.node.guest()), shown(show()) {}

  Answer show() {
    auto answer = old_device.post(kHandOver);
    REQUIRE(answer.status == 201);
    return answer;
  }
  /// The new device has typed the code, and was let in.
  void let_in() {
    REQUIRE(type_code(new_device, code_of(shown)).status == 202);
    REQUIRE(old_device.post(kConfirm, confirming(shown)).status == 200);
  }
  std::int64_t sessions() { return world.number("SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL"); }

  World world;
  Browser old_device;
  Browser new_device = world.node.browser("127.0.0.2");
  Answer shown;
};

}  // namespace dontgoback::test
