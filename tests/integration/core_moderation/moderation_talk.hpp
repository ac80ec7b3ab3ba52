#pragma once

#include <string>
#include <vector>

#include "support/core/feed_talk.hpp"

namespace dontgoback::test {

inline std::string report_body(std::string_view type, std::string_view id, std::string_view reason = "SPAM",
                               std::string_view text = "") {
  return R"({"targetType":")" + std::string(type) + R"(","targetId":)" + std::string(id) + R"(,"reason":")" +
         std::string(reason) + R"(","text":")" + std::string(text) + R"("})";
}
inline Answer report(Browser& browser, std::string_view type, std::string_view id, std::string_view reason = "SPAM",
                     std::string_view text = "") {
  return browser.post("/api/v1/reports", report_body(type, id, reason, text));
}

inline std::string because(std::string_view reason = "약관 위반") {
  return R"({"reason":")" + std::string(reason) + R"("})";
}

inline Answer reports_for(Browser& moderator, std::string_view query = "") {
  return moderator.get("/api/v1/admin/reports" + std::string(query));
}
inline std::size_t count_of(const Answer& answer, std::string_view pointer) {
  return answer.at(pointer).as_array().size();
}
inline std::string first_report(Browser& moderator) {
  return std::to_string(reports_for(moderator).number("/data/reports/0/reportId"));
}
inline Answer decide(Browser& moderator, std::string_view id, std::string_view body) {
  return moderator.post("/api/v1/admin/reports/" + std::string(id), body);
}

/// A node with those who moderate and whom they moderate.
struct Moderated : World {
  explicit Moderated(storage::Dialect dialect, const GivenOptions& given = {}) : World(dialect, given) {}

  UserId author_id = node.create_user();
  UserId moderator_id = node.create_user("MODERATOR");
  UserId admin_id = node.create_user("ADMIN");
  Browser author = node.signed_in(author_id);
  Browser moderator = node.signed_in(moderator_id);
  Browser admin = node.signed_in(admin_id);
  Browser reader = node.signed_in(node.create_user());
};

}  // namespace dontgoback::test
