#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "network.hpp"
#include "stranger.hpp"
#include "support/core/feed_talk.hpp"

namespace dontgoback::test {

inline constexpr std::string_view kWord = "나무";  ///< is in every text

/// Like no other number anywhere.
inline constexpr std::int64_t kSecret = 987654321;
inline constexpr std::int64_t kSecretSession = 876543210;

inline std::string unlinked_body(std::string_view content) {
  return R"({"unlinked":true,"content":")" + std::string(content) + R"("})";
}
inline std::string unlinked_comment_body(std::string_view post, std::string_view content,
                                         std::string_view parent = "null") {
  return R"({"unlinked":true,"feedId":)" + std::string(post) + R"(,"parentCommentId":)" + std::string(parent) +
         R"(,"content":")" + std::string(content) + R"("})";
}
inline std::string write_unlinked(Browser& browser, std::string_view content = "글 나무") {
  const auto answer = browser.post("/api/v1/feeds", unlinked_body(content));
  INFO(answer.body);
  REQUIRE(answer.status == 201);
  return id_in(answer, "feedId");
}
inline std::string comment_unlinked(Browser& browser, std::string_view post, std::string_view content = "댓글 나무",
                                    std::string_view parent = "null") {
  const auto answer = browser.post("/api/v1/comments", unlinked_comment_body(post, content, parent));
  INFO(answer.body);
  REQUIRE(answer.status == 201);
  return id_in(answer, "commentId");
}

/// A network in which several speak, linked and unlinked, for two days, and who watches them.
class Scene {
 public:
  Scene(storage::Dialect dialect, int size);

  /// What is said on the first day, and on the second one, whose names are others.
  void first_day();
  void second_day();
  /// Everybody's session goes on, however long ago it was used.
  void renew();

  World world;
  Network network;

  UserId open_id = network.member(0);      ///< writes linked alone
  UserId both_id = network.member(3);      ///< writes linked and unlinked
  UserId rich_id = network.member(1);      ///< of a name that nobody else has
  UserId ordinary_id = network.member(2);  ///< of one that a few have
  UserId common_id = network.member(4);    ///< of one that many have
  UserId secret_id;                        ///< writes unlinked alone; kSecret
  Browser open, both, rich, ordinary, common, secret, newcomer;

  UserId watcher_id;
  Stranger watcher;  ///< a member who is told of answers to its own post
  Stranger guest;

  /// As what unlinked words were shown each day.
  std::vector<std::map<Network::Known, std::set<std::int64_t>>> shown;
  std::vector<std::string> days;  ///< in UTC, as moments begin

  /// Whom a watcher asks for each of: all of a small network, some of a large one.
  std::vector<UserId> people() const;

 private:
  /// Time goes by between what is done.
  void pause() { world.clock.advance(std::chrono::milliseconds(61'007)); }
  Browser signed_in_as_secret();
  void remember_names();

  std::string of_open_, of_both_, of_watcher_, unlinked_of_both_, unlinked_of_secret_;
};

}  // namespace dontgoback::test
