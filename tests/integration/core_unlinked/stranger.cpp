#include "stranger.hpp"

#include <boost/json/array.hpp>

#include "dontgoback/text/percent.hpp"

namespace dontgoback::test {

bool Sight::is_unlinked(const boost::json::object& row) {
  const auto* unlinked = row.if_contains("unlinked");
  return unlinked != nullptr && unlinked->is_bool() && unlinked->get_bool();
}

const Answer& Stranger::ask(Sight& sight, const std::string& path) {
  return sight.answers.insert_or_assign(path, browser.get(path)).first->second;
}

void Stranger::take(Sight& sight, const boost::json::value& posts) {
  for (const auto& post : posts.as_array()) {
    sight.posts.insert_or_assign(post.at("feedId").as_int64(), post.as_object());
  }
}

void Stranger::read_posts(Sight& sight, const std::string& path, std::string_view next) {
  std::int64_t before = 0;
  do {
    const auto& page = ask(sight, path + (path.find('?') == std::string::npos ? "?" : "&") +
                                      "size=50&lastFeedId=" + std::to_string(before));
    if (page.status != 200) return;
    const auto data = page.at("/data");
    const auto& posts = data.at("feeds").as_array();
    take(sight, posts);
    const auto* further = data.as_object().if_contains(next);
    before = further != nullptr && further->is_int64() ? further->get_int64()
             : posts.empty() || next == "nextFeedId"   ? 0
                                                       : posts.back().at("feedId").as_int64();
  } while (before != 0);
}

void Stranger::read_comments(Sight& sight, const std::string& path) {
  std::int64_t before = 0;
  do {
    const auto& page = ask(sight, path + (path.find('?') == std::string::npos ? "?" : "&") +
                                      "size=50&lastCommentId=" + std::to_string(before));
    if (page.status != 200) return;
    const auto comments = page.at("/data/comments").as_array();
    for (const auto& comment : comments) {
      sight.comments.insert_or_assign(comment.at("commentId").as_int64(), comment.as_object());
    }
    before = comments.empty() ? 0 : comments.back().at("commentId").as_int64();
  } while (before != 0);
}

Sight Stranger::look(const std::vector<UserId>& users) {
  Sight sight;
  read_posts(sight, "/api/v1/feeds", "nextLastFeedId");
  read_posts(sight, "/api/v1/search/feeds?q=" + text::percent_encoded(word_), "nextFeedId");
  for (const auto& [id, post] : std::map(sight.posts)) {
    const auto of = std::to_string(id);
    ask(sight, "/api/v1/feeds/" + of);
    read_comments(sight, "/api/v1/comments/" + of);
    read_comments(sight, "/api/v1/comments/" + of + "?view=threads");
  }
  for (const auto& [id, comment] : std::map(sight.comments)) {
    if (!comment.at("parentCommentId").is_null()) continue;
    ask(sight, "/api/v1/comments/" + std::to_string(comment.at("feedId").as_int64()) +
                   "?parentCommentId=" + std::to_string(id));
  }
  for (const auto user : users) {
    const auto of = std::to_string(user.value);
    ask(sight, "/api/v1/users/" + of);
    ask(sight, "/api/v1/users/" + of + "/asset-histories?from=2026-12-01&to=2027-12-31");
    read_posts(sight, "/api/v1/feeds/profile?userId=" + of, "nextLastFeedId");
    for (const auto* type : {"RED", "BLUE"}) ask(sight, "/api/v1/feeds/profile?userId=" + of + "&type=" + type);
  }
  for (const auto* nobody : {"0", "-1", "-2"}) {
    const std::string of(nobody);
    ask(sight, "/api/v1/users/" + of);
    ask(sight, "/api/v1/users/" + of + "/asset-histories?from=2026-12-01&to=2027-12-31");
    ask(sight, "/api/v1/feeds/profile?userId=" + of);
  }
  for (const auto* own :
       {"notifications?size=50", "feeds/saved?size=50", "feeds/liked?size=50", "feeds/archived", "feeds/unlinked",
        "comments/unlinked", "comments/mine?size=50", "blocks", "mutes", "moderation/acts", "users/me"}) {
    ask(sight, std::string("/api/v1/") + own);
  }
  return sight;
}

std::vector<std::int64_t> vanished(const std::map<std::int64_t, boost::json::object>& before,
                                   const std::map<std::int64_t, boost::json::object>& after) {
  std::vector<std::int64_t> gone;
  for (const auto& [id, row] : before) {
    if (!after.contains(id)) gone.push_back(id);
  }
  return gone;
}

}  // namespace dontgoback::test
