#include "comment_store.hpp"

#include "dontgoback/storage/planned.hpp"

namespace dontgoback::core::feed {
namespace {

using storage::args;
using storage::Connection;
using storage::Dialect;
using storage::Planned;

/// What is read of a comment, from the comments by `index`.
std::string comments_by(std::string_view index) {
  return "SELECT c.id, c.post_id, c.parent_id, c.user_id, c.author, c.author_type, c.content, c.like_count, "
         "c.reply_count, c.created_at, c.updated_at, c.hidden, a.role, "
         "(SELECT COUNT(*) FROM comment_likes l {PRIMARY} WHERE l.comment_id = c.id AND l.user_id = :viewer) "
         "FROM comments c {" +
         std::string(index) + "} " + accounts::planned_join("a", "c.user_id") + " WHERE ";
}

const std::string kNext = "c.id < :before ORDER BY c.id DESC LIMIT :size";

const Planned kPage("feed/comments",
                    comments_by("comments_shown") + listed("c", "a") + " AND c.post_id = :post AND " + kNext);
const Planned kTopLevel("feed/comment-threads", comments_by("comments_shown_below") + listed("c", "a") +
                                                    " AND c.post_id = :post AND c.parent_id IS NULL AND " + kNext);
const Planned kReplies("feed/replies", comments_by("comments_shown_below") + listed("c", "a") +
                                           " AND c.post_id = :post AND c.parent_id = :parent AND " + kNext);
const Planned kOne("feed/comment", comments_by("PRIMARY") + visible_to(":reader", "c", "a") + " AND c.id = :id");

// By the index of what is not deleted: however many replies were, they are not walked.
const Planned kDeleteReplies("feed/delete-replies",
                             "UPDATE comments {comments_shown_below} SET deleted_at = :now WHERE post_id = :post AND "
                             "parent_id = :parent AND shown IN (0, 1)");
const Planned kDeleteWithheldReplies(
    "feed/delete-withheld-replies",
    "UPDATE comments {comments_shown_below} SET deleted_at = :now WHERE post_id = :post AND parent_id = :parent AND "
    "shown < 0");

auto to_comment(const EachComment& row) {
  return [&row](CommentId id, PostId post, std::optional<CommentId> parent, UserId user, std::string_view author,
                int author_type, std::string_view content, std::int64_t likes, std::int64_t replies,
                time::Timestamp created_at, time::Timestamp updated_at, int hidden, int role, bool liked) {
    row(Comment{{.user = user,
                 .content = content,
                 .author = author,
                 .author_type = static_cast<accounts::AssetType>(author_type),
                 .role = static_cast<http::Role>(role),
                 .likes = likes,
                 .liked = liked,
                 .created_at = created_at,
                 .updated_at = updated_at,
                 .withheld = withheld(hidden)},
                id,
                post,
                parent,
                replies});
  };
}

const std::string kState =
    "SELECT c.user_id, c.post_id, c.parent_id, (SELECT " + accounts::visible_account("a") + " FROM " +
    accounts::table("a") + " WHERE a.id = c.user_id), EXISTS (SELECT 1 FROM posts p JOIN " +
    accounts::joined("b", "p.user_id") + " WHERE p.id = c.post_id AND " + visible("p", "b") +
    "), c.deleted_at IS NOT NULL, c.hidden, c.like_count, c.updated_at, c.content FROM comments c WHERE c.id = :id";
const std::string kLockedState = kState + " FOR UPDATE";

std::optional<CommentState> state(Connection& connection, const std::string& sql, CommentId id) {
  std::optional<CommentState> found;
  connection.each(
      sql, args(id),
      [&](UserId user, PostId post, std::optional<CommentId> parent, bool author_visible, bool post_visible,
          bool deleted, int hidden, std::int64_t likes, time::Timestamp updated_at, std::string_view content) {
        found = CommentState{{user, author_visible, post_visible, deleted, withheld(hidden)},
                             post,
                             parent,
                             likes,
                             updated_at,
                             std::string(content)};
      });
  return found;
}

}  // namespace

void each_comment(Connection& connection, PostId post, const Page& page, const EachComment& row) {
  connection.each(kPage.on(connection), args(page.viewer, post, page.before, page.size), to_comment(row));
}

void each_thread(Connection& connection, PostId post, const Page& page, const EachComment& row) {
  connection.each(kTopLevel.on(connection), args(page.viewer, post, page.before, page.size), to_comment(row));
}

void each_reply(Connection& connection, PostId post, CommentId parent, const Page& page, const EachComment& row) {
  connection.each(kReplies.on(connection), args(page.viewer, post, parent, page.before, page.size), to_comment(row));
}

void read_comment(Connection& connection, CommentId id, UserId viewer, const EachComment& row) {
  connection.each(kOne.on(connection), args(viewer, viewer, id), to_comment(row));
}

std::optional<CommentState> find_comment(Connection& connection, CommentId id) { return state(connection, kState, id); }

std::optional<CommentState> hold_comment(Connection& connection, CommentId id) {
  return state(connection, connection.dialect() == Dialect::sqlite ? kState : kLockedState, id);
}

CommentId insert_comment(Connection& connection, const accounts::Account& author, const NewComment& comment,
                         time::Timestamp now) {
  connection.execute(
      "INSERT INTO comments (post_id, parent_id, user_id, author, author_type, content, created_at, updated_at) "
      "VALUES (:post_id, :parent_id, :user_id, :author, :author_type, :content, :created_at, :updated_at)",
      comment.post, comment.parent, author.id, author.name(), static_cast<int>(author.type()), comment.content, now,
      now);
  return {connection.last_insert_id()};
}

void update_comment(Connection& connection, CommentId id, std::string_view content, time::Timestamp now) {
  connection.execute("UPDATE comments SET content = :content, updated_at = :now WHERE id = :id", content, now, id);
}

void delete_comment(Connection& connection, CommentId id, time::Timestamp now) {
  connection.execute("UPDATE comments SET deleted_at = :now WHERE id = :id", now, id);
}

std::int64_t delete_replies(Connection& connection, PostId post, CommentId parent, time::Timestamp now) {
  connection.execute(kDeleteWithheldReplies.on(connection), now, post, parent);
  return connection.execute(kDeleteReplies.on(connection), now, post, parent);
}

void add_to_reply_count(Connection& connection, CommentId id, std::int64_t more) {
  connection.execute("UPDATE comments SET reply_count = reply_count + :more WHERE id = :id", more, id);
}

}  // namespace dontgoback::core::feed
