#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core_accounts/world.hpp"

// Short ways to say what feed tests say often.
namespace dontgoback::test {

inline std::string text_body(std::string_view content) { return R"({"content":")" + std::string(content) + R"("})"; }

inline std::string comment_body(std::string_view post, std::string_view content, std::string_view parent = "null") {
  return R"({"feedId":)" + std::string(post) + R"(,"parentCommentId":)" + std::string(parent) + R"(,"content":")" +
         std::string(content) + R"("})";
}

/// The id of the first `feedId` or `commentId` in an answer.
inline std::string id_in(const Answer& answer, std::string_view name) {
  const auto key = '"' + std::string(name) + "\":";
  const auto at = answer.body.find(key);
  if (at == std::string::npos) throw std::runtime_error("no " + key + " in " + answer.body);
  const auto first = at + key.size();
  return answer.body.substr(first, answer.body.find_first_of(",}", first) - first);
}

/// Every id of that name in an answer, in order.
inline std::vector<std::int64_t> ids_in(const Answer& answer, std::string_view name) {
  const auto key = '"' + std::string(name) + "\":";
  std::vector<std::int64_t> ids;
  for (auto at = answer.body.find(key); at != std::string::npos; at = answer.body.find(key, at + 1)) {
    ids.push_back(std::stoll(answer.body.substr(at + key.size())));
  }
  return ids;
}

inline std::string write_post(Browser& browser, std::string_view content = "글") {
  return id_in(browser.post("/api/v1/feeds", text_body(content)), "feedId");
}

inline std::string write_comment(Browser& browser, std::string_view post, std::string_view content = "댓글",
                                 std::string_view parent = "null") {
  return id_in(browser.post("/api/v1/comments", comment_body(post, content, parent)), "commentId");
}

inline Answer post_of(Browser& browser, std::string_view id) { return browser.get("/api/v1/feeds/" + std::string(id)); }

}  // namespace dontgoback::test
