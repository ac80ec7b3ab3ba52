#include "unlinked_removal_store.hpp"

#include <array>

#include "dontgoback/storage/planned.hpp"

namespace dontgoback::core::feed {
namespace {

using storage::args;
using storage::Connection;
using storage::Planned;

const Planned kPostsWithout("feed/unlinked-posts-to-schedule",
                            "SELECT post_id FROM unlinked_posts {unlinked_posts_by_user} WHERE user_id = :user_id AND "
                            "post_id > :after AND remove_at IS NULL ORDER BY post_id LIMIT :limit");
const Planned kCommentsWithout("feed/unlinked-comments-to-schedule",
                               "SELECT comment_id FROM unlinked_comments {unlinked_comments_by_user} WHERE user_id = "
                               ":user_id AND comment_id > :after AND remove_at IS NULL ORDER BY comment_id LIMIT "
                               ":limit");
const Planned kPostsWith("feed/unlinked-posts-to-keep",
                         "SELECT post_id FROM unlinked_posts {unlinked_posts_by_user} WHERE user_id = :user_id AND "
                         "post_id > :after AND remove_at IS NOT NULL ORDER BY post_id LIMIT :limit");
const Planned kCommentsWith("feed/unlinked-comments-to-keep",
                            "SELECT comment_id FROM unlinked_comments {unlinked_comments_by_user} WHERE user_id = "
                            ":user_id AND comment_id > :after AND remove_at IS NOT NULL ORDER BY comment_id LIMIT "
                            ":limit");

const Planned kDuePost("feed/due-unlinked-post",
                       "SELECT post_id, remove_at FROM unlinked_posts {unlinked_posts_by_removal} WHERE remove_at <= "
                       ":now ORDER BY remove_at, post_id LIMIT 1");
const Planned kLatePost("feed/latest-unlinked-post",
                        "SELECT post_id, remove_at FROM unlinked_posts {unlinked_posts_by_removal} WHERE remove_at > "
                        ":latest ORDER BY remove_at, post_id LIMIT 1");
const Planned kDueComment("feed/due-unlinked-comment",
                          "SELECT comment_id, remove_at FROM unlinked_comments {unlinked_comments_by_removal} WHERE "
                          "remove_at <= :now ORDER BY remove_at, comment_id LIMIT 1");
const Planned kLateComment("feed/latest-unlinked-comment",
                           "SELECT comment_id, remove_at FROM unlinked_comments {unlinked_comments_by_removal} WHERE "
                           "remove_at > :latest ORDER BY remove_at, comment_id LIMIT 1");

template <class ThingId>
std::vector<ThingId> some(Connection& connection, const Planned& statement, UserId user, ThingId after) {
  std::vector<ThingId> ids;
  connection.each(statement.on(connection), args(user, after, kScheduledAtOnce),
                  [&ids](ThingId id) { ids.push_back(id); });
  return ids;
}

}  // namespace

std::vector<PostId> without_moment(Connection& connection, UserId user, PostId after) {
  return some(connection, kPostsWithout, user, after);
}
std::vector<CommentId> without_moment(Connection& connection, UserId user, CommentId after) {
  return some(connection, kCommentsWithout, user, after);
}
std::vector<PostId> with_moment(Connection& connection, UserId user, PostId after) {
  return some(connection, kPostsWith, user, after);
}
std::vector<CommentId> with_moment(Connection& connection, UserId user, CommentId after) {
  return some(connection, kCommentsWith, user, after);
}

void set_moment(Connection& connection, PostId id, std::optional<time::Timestamp> moment) {
  connection.execute("UPDATE unlinked_posts SET remove_at = :moment WHERE post_id = :id", moment, id);
}
void set_moment(Connection& connection, CommentId id, std::optional<time::Timestamp> moment) {
  connection.execute("UPDATE unlinked_comments SET remove_at = :moment WHERE comment_id = :id", moment, id);
}

std::optional<Due> next_due(Connection& connection, time::Timestamp now, time::Timestamp latest) {
  struct Look {
    const Planned& posts;
    const Planned& comments;
    time::Timestamp than;
  };
  for (const auto& look : {Look{kDuePost, kDueComment, now}, Look{kLatePost, kLateComment, latest}}) {
    const auto post = connection.one<PostId, time::Timestamp>(look.posts.on(connection), look.than);
    const auto comment = connection.one<CommentId, time::Timestamp>(look.comments.on(connection), look.than);
    if (post && (!comment || std::get<1>(*post) <= std::get<1>(*comment))) {
      return Due{std::get<0>(*post), std::nullopt, std::get<1>(*post)};
    }
    if (comment) return Due{std::nullopt, std::get<0>(*comment), std::get<1>(*comment)};
  }
  return std::nullopt;
}

void erase(Connection& connection, PostId id) { connection.execute("DELETE FROM posts WHERE id = :id", id); }
void erase(Connection& connection, CommentId id) { connection.execute("DELETE FROM comments WHERE id = :id", id); }

}  // namespace dontgoback::core::feed
