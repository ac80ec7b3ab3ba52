#include "author_mark_store.hpp"

#include "dontgoback/storage/planned.hpp"

namespace dontgoback::core::feed {
namespace {

using storage::Connection;
using storage::Dialect;
using storage::Planned;

const Planned kFirst("feed/authors-to-mark",
                     "SELECT user_id FROM authors_to_mark {PRIMARY} WHERE user_id > 0 ORDER BY user_id "
                     "LIMIT 1");

// A bound first, then a range: MariaDB would walk all for an UPDATE … WHERE id IN (SELECT …).
const Planned kPostBound("feed/mark-posts-bound",
                         "SELECT MIN(id) FROM (SELECT id FROM posts {posts_shown_by_user} WHERE user_id = :author AND "
                         "shown = :shown ORDER BY id DESC LIMIT :limit) slice");
const Planned kMarkPosts("feed/mark-posts",
                         "UPDATE posts {posts_shown_by_user} SET hidden = :hidden WHERE user_id = :author AND "
                         "shown = :shown AND id >= :bound");
const Planned kCommentBound("feed/mark-comments-bound",
                            "SELECT MIN(id) FROM (SELECT id FROM comments {comments_shown_by_user} WHERE user_id = "
                            ":author AND shown = :shown ORDER BY id DESC LIMIT :limit) slice");
const Planned kMarkComments("feed/mark-comments",
                            "UPDATE comments {comments_shown_by_user} SET hidden = :hidden WHERE user_id = "
                            ":author AND shown = :shown AND id >= :bound");

std::int64_t mark(Connection& connection, const Planned& bound, const Planned& change, UserId author, bool hidden,
                  int limit) {
  const int shown_before = hidden ? 1 : 0;
  const auto first = connection.one<std::optional<std::int64_t>>(bound.on(connection), author, shown_before, limit);
  if (!first || !std::get<0>(*first)) return 0;
  return connection.execute(change.on(connection), hidden ? 1 : 0, author, shown_before, *std::get<0>(*first));
}

}  // namespace

void note_author(Connection& connection, UserId author, bool hidden) {
  connection.execute(connection.dialect() == Dialect::sqlite
                         ? "INSERT INTO authors_to_mark (user_id, hidden) VALUES (:author, :hidden) "
                           "ON CONFLICT (user_id) DO UPDATE SET hidden = excluded.hidden"
                         : "INSERT INTO authors_to_mark (user_id, hidden) VALUES (:author, :hidden) "
                           "ON DUPLICATE KEY UPDATE hidden = VALUES(hidden)",
                     author, hidden ? 1 : 0);
}

std::optional<UserId> first_noted(Connection& connection) {
  const auto found = connection.one<UserId>(kFirst.on(connection));
  return found ? std::optional(std::get<0>(*found)) : std::nullopt;
}

std::optional<bool> hold_note(Connection& connection, UserId author) {
  const auto found = connection.one<bool>(connection.dialect() == Dialect::sqlite
                                              ? "SELECT hidden FROM authors_to_mark WHERE user_id = :author"
                                              : "SELECT hidden FROM authors_to_mark WHERE user_id = :author FOR UPDATE",
                                          author);
  return found ? std::optional(std::get<0>(*found)) : std::nullopt;
}

void drop_note(Connection& connection, UserId author) {
  connection.execute("DELETE FROM authors_to_mark WHERE user_id = :author", author);
}

std::int64_t mark_posts(Connection& connection, UserId author, bool hidden, int limit) {
  return mark(connection, kPostBound, kMarkPosts, author, hidden, limit);
}

std::int64_t mark_comments(Connection& connection, UserId author, bool hidden, int limit) {
  return mark(connection, kCommentBound, kMarkComments, author, hidden, limit);
}

}  // namespace dontgoback::core::feed
