#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/core/world.hpp"

// Short ways to say what feed tests say often.
namespace dontgoback::test {

inline std::string text_body(std::string_view content) { return R"({"content":")" + std::string(content) + R"("})"; }

inline std::string comment_body(std::string_view post, std::string_view content, std::string_view parent = "null") {
  return R"({"feedId":)" + std::string(post) + R"(,"parentCommentId":)" + std::string(parent) + R"(,"content":")" +
         std::string(content) + R"("})";
}

/// The id of the post or comment that an answer is about, as a path takes it.
inline std::string id_in(const Answer& answer, std::string_view name) {
  return std::to_string(answer.number("/data/" + std::string(name)));
}

/// The ids of the posts, or comments, of a page.
inline std::vector<std::int64_t> posts_in(const Answer& page) { return numbers_at(page.body, "/data/feeds", "feedId"); }
inline std::vector<std::int64_t> comments_in(const Answer& page) {
  return numbers_at(page.body, "/data/comments", "commentId");
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
