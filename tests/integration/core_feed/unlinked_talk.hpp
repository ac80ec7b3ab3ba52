#pragma once

#include <optional>
#include <string>

#include "core/feed/unlinked.hpp"
#include "support/core/feed_talk.hpp"

namespace dontgoback::test {

/// Somebody whose number is like nothing that others have: what holds it betrays them.
inline constexpr const char* kTrue = "987654321";

/// The next account is that one.
inline void number_next_account(World& world) {
  world.execute(
      "INSERT INTO accounts (id, role, status, amount, multiplier, amount_day, created_at, last_seen_at) VALUES "
      "(987654320, 1, 3, 1, 1, 1, 1, 1)");
  world.execute("DELETE FROM accounts WHERE id = 987654320");
}

inline std::string flag(std::string_view body, bool unlinked) {
  return std::string(body.substr(0, body.size() - 1)) + R"(,"unlinked":)" + (unlinked ? "true" : "false") + "}";
}

inline std::string write_unlinked(Browser& browser, std::string_view content = "글") {
  return id_in(browser.post("/api/v1/feeds", flag(text_body(content), true)), "feedId");
}

inline Answer say(Browser& browser, std::string_view post, bool unlinked, std::string_view parent = "null") {
  return browser.post("/api/v1/comments", flag(comment_body(post, "댓글", parent), unlinked));
}
inline std::string say_unlinked(Browser& browser, std::string_view post, std::string_view parent = "null") {
  return id_in(say(browser, post, true, parent), "commentId");
}

inline std::vector<std::int64_t> ids(const std::vector<std::string>& texts) {
  std::vector<std::int64_t> found;
  for (const auto& text : texts) found.push_back(std::stoll(text));
  return found;
}

inline UserId id_of(Browser& browser) { return UserId{browser.get("/api/v1/users/me").number("/data/userId")}; }

/// Whose it is, which no answer says.
template <class ThingId>
std::optional<UserId> owner(World& world, const std::string& id) {
  return world.database.read([&](storage::Connection& c) { return core::feed::owner_of(c, ThingId{std::stoll(id)}); });
}

/// The number of the face that a comment on a newest page has.
inline std::int64_t face(Browser& reader, const std::string& post, const std::string& comment) {
  const auto comments = reader.get("/api/v1/comments/" + post).at("/data/comments");
  for (const auto& each : comments.as_array()) {
    if (each.at("commentId").as_int64() == std::stoll(comment)) return each.at("face").as_int64();
  }
  return -1;
}

/// An author whose number is kTrue, and a stranger.
struct Walk {
  explicit Walk(storage::Dialect dialect) : world(dialect) {}

  /// What the stranger is answered, which must not betray the author.
  Answer ask(std::string_view target) {
    auto answer = stranger.get(target);
    CHECK(answer.body.find(kTrue) == std::string::npos);
    CHECK(answer.body.find("isMine") == std::string::npos);
    CHECK(answer.body.find("\"userId\":-") == std::string::npos);
    return answer;
  }

  World world;
  UserId stranger_id = world.node.create_user();
  UserId author_id = (number_next_account(world), world.node.create_user());
  Browser stranger = world.node.signed_in(stranger_id);
  Browser author = world.node.signed_in(author_id);
};

}  // namespace dontgoback::test
