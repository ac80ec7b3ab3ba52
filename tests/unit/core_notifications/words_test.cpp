#include "core/notifications/words.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string_view>

using namespace dontgoback::core::notifications;
using dontgoback::http::Language;

TEST_CASE("A notification says who did what, and how many others") {
  struct Row {
    Kind kind;
    std::int64_t people;
    std::string_view ko, en;
  };
  const auto row = GENERATE(
      Row{Kind::feed_like, 1, "814만님이 회원님의 글을 좋아합니다.", "814만 liked your post."},
      Row{Kind::feed_like, 2, "814만님 외 1명이 회원님의 글을 좋아합니다.", "814만 and one other liked your post."},
      Row{Kind::feed_like, 4, "814만님 외 3명이 회원님의 글을 좋아합니다.", "814만 and 3 others liked your post."},
      Row{Kind::comment, 1, "814만님이 회원님의 글에 댓글을 남겼습니다.", "814만 commented on your post."},
      Row{Kind::reply, 1, "814만님이 회원님의 댓글에 답글을 남겼습니다.", "814만 replied to your comment."},
      Row{Kind::comment_like, 3, "814만님 외 2명이 회원님의 댓글을 좋아합니다.",
          "814만 and 2 others liked your comment."});
  Notification notification{};
  notification.kind = row.kind;
  notification.name = "814만";
  notification.people = row.people;
  CHECK(text_of(notification, Language::ko) == row.ko);
  CHECK(text_of(notification, Language::en) == row.en);
}

TEST_CASE("What is pushed names nobody, whatever the kind") {
  std::set<std::string_view> said;
  for (const auto kind :
       {Kind::feed_like, Kind::comment, Kind::reply, Kind::comment_like, Kind::moderation, Kind::day, Kind::system}) {
    const auto text = pushed_text(kind);
    CHECK(std::string_view(text.ko).find("만") == std::string_view::npos);
    // Nor the network: its title does, in the operator's words.
    CHECK(std::string_view(text.ko).find("돈고백") == std::string_view::npos);
    CHECK(std::string_view(text.en).find("DontGoBack") == std::string_view::npos);
    said.insert(text.ko);
  }
  CHECK(said.size() == 7);
}
