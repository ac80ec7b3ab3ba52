#include "comment_store.hpp"

#include "dontgoback/storage/planned.hpp"
#include "rows_store.hpp"
#include "unlinked.hpp"

namespace dontgoback::core::feed {
namespace {

using storage::args;
using storage::Connection;
using storage::Dialect;
using storage::Planned;

const std::string kNext = "c.id < :before ORDER BY c.id DESC LIMIT :size";

// By the index of all: what is withheld is its author's, too. What it deleted is walked, and skipped.
const Planned kOwn("feed/comments-of-oneself",
                   comments_by("comments_by_user", "c.deleted_at IS NOT NULL") + "c.user_id = :author AND " + kNext);
const Planned kOne("feed/comment",
                   comments_by("PRIMARY") + visible_to(":reader", "c", "a", owner_of_comment("c", "cv")) +
                       " AND c.id = :id AND " + relations::planned_not_apart("r", ":reader_too", "c.user_id"));

// By the index of what is not deleted: however many replies were, they are not walked.
const Planned kDeleteReplies("feed/delete-replies",
                             "UPDATE comments {comments_shown_below} SET deleted_at = :now WHERE post_id = :post AND "
                             "parent_id = :parent AND shown IN (0, 1)");
const Planned kDeleteWithheldReplies(
    "feed/delete-withheld-replies",
    "UPDATE comments {comments_shown_below} SET deleted_at = :now WHERE post_id = :post AND parent_id = :parent AND "
    "shown < 0");

const std::string kState =
    "SELECT c.user_id, c.post_id, (SELECT o.user_id FROM posts o WHERE o.id = c.post_id), c.parent_id, (SELECT " +
    accounts::visible_account("a") + " FROM " + accounts::table("a") +
    " WHERE a.id = c.user_id), EXISTS (SELECT 1 FROM posts p JOIN " + accounts::joined("b", "p.user_id") +
    " WHERE p.id = c.post_id AND " + visible("p", "b") +
    "), c.deleted_at IS NOT NULL, c.hidden, c.like_count, c.updated_at, c.content FROM comments c WHERE c.id = :id";
const std::string kLockedState = kState + " FOR UPDATE";

std::optional<CommentState> state(Connection& connection, const std::string& sql, CommentId id, UserId reader) {
  std::optional<CommentState> found;
  UserId post_author;
  connection.each(sql, args(id),
                  [&](UserId user, PostId post, UserId of_post, std::optional<CommentId> parent, bool author_visible,
                      bool post_visible, bool deleted, int hidden, std::int64_t likes, time::Timestamp updated_at,
                      std::string_view content) {
                    post_author = of_post;
                    found = CommentState{{user, user, author_visible, post_visible, deleted, withheld(hidden)},
                                         post,
                                         parent,
                                         likes,
                                         updated_at,
                                         std::string(content)};
                  });
  if (found && found->user.value < 0) found->owner = owner_of(connection, id);
  if (found && reader.value != 0) {
    found->apart = relations::are_apart(connection, reader, found->user);
    found->post_visible = found->post_visible && !relations::are_apart(connection, reader, post_author);
  }
  return found;
}

}  // namespace

Unfinished each_own_comment(Connection& connection, const Page& page, const EachComment& row) {
  return walk(page, [&](std::int64_t before, int size, const auto& shows) {
    const auto look = [&](const Comment& comment, std::int64_t skipped) {
      if (shows(comment.id.value, skipped != 0)) row(comment);
    };
    connection.each(kOwn.on(connection), args(page.viewer, page.viewer, before, size), to_comment(look));
  });
}

void read_comment(Connection& connection, CommentId id, UserId viewer, const EachComment& row) {
  const auto look = [&row](const Comment& comment, std::int64_t) { row(comment); };
  connection.each(kOne.on(connection), args(viewer, viewer, id, viewer), to_comment(look));
}

std::optional<CommentState> find_comment(Connection& connection, CommentId id, UserId reader) {
  return state(connection, kState, id, reader);
}

std::optional<CommentState> hold_comment(Connection& connection, CommentId id, UserId reader) {
  return state(connection, connection.dialect() == Dialect::sqlite ? kState : kLockedState, id, reader);
}

CommentId insert_comment(Connection& connection, const ShownAuthor& author, std::int64_t face,
                         const NewComment& comment, const CommentPosition& position, time::Timestamp now) {
  connection.execute(
      "INSERT INTO comments (post_id, parent_id, answers_id, user_id, author, author_type, face, content, created_at, "
      "updated_at) VALUES (:post_id, :parent_id, :answers_id, :user_id, :author, :author_type, :face, :content, "
      ":created_at, :updated_at)",
      comment.post, position.top, position.answered, author.user, author.name, static_cast<int>(author.type), face,
      comment.content, now, now);
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
