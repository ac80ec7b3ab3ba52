#include "comment_store.hpp"
#include "post_store.hpp"
#include "whole.hpp"

namespace dontgoback::core::feed {
namespace {

using storage::Connection;
using storage::Dialect;

constexpr std::string_view kPost =
    "SELECT user_id, id, author, content, created_at, updated_at, deleted_at IS NOT NULL, hidden FROM posts WHERE id = "
    ":id";
constexpr std::string_view kComment =
    "SELECT user_id, post_id, author, content, created_at, updated_at, deleted_at IS NOT NULL, hidden FROM comments "
    "WHERE id = "
    ":id";

template <class AnyId>
std::optional<Whole> read(Connection& connection, std::string_view sql, AnyId id) {
  std::optional<Whole> whole;
  connection.each(sql, storage::args(id),
                  [&whole](UserId user, PostId post, std::string author, std::string content, time::Timestamp created,
                           time::Timestamp updated, bool deleted, int hidden) {
                    whole = Whole{user,    post,    std::move(author), std::move(content),
                                  created, updated, deleted,           withheld(hidden)};
                  });
  return whole;
}

}  // namespace

std::optional<Whole> find_whole(Connection& connection, PostId id) { return read(connection, kPost, id); }
std::optional<Whole> find_whole(Connection& connection, CommentId id) { return read(connection, kComment, id); }

std::optional<Whole> hold_whole(Connection& connection, PostId id) {
  static const std::string kHeld = std::string(kPost) + " FOR UPDATE";
  return read(connection, connection.dialect() == Dialect::sqlite ? kPost : std::string_view(kHeld), id);
}

std::optional<Whole> hold_whole(Connection& connection, CommentId id) {
  static const std::string kHeld = std::string(kComment) + " FOR UPDATE";
  const auto where = find_whole(connection, id);
  if (!where) return std::nullopt;
  hold_post(connection, where->post);  // before the comment, as writing does
  return read(connection, connection.dialect() == Dialect::sqlite ? kComment : std::string_view(kHeld), id);
}

std::optional<UserId> seen_author(Connection& connection, PostId id, UserId viewer) {
  std::optional<UserId> author;
  read_post(connection, id, viewer, [&author](const Post& post) { author = post.user; });
  return author;
}

std::optional<UserId> seen_author(Connection& connection, CommentId id, UserId viewer) {
  std::optional<UserId> author;
  PostId post;
  read_comment(connection, id, viewer, [&](const Comment& comment) {
    author = comment.user;
    post = comment.post;
  });
  return author && is_post_visible(connection, post, viewer) ? author : std::nullopt;
}

}  // namespace dontgoback::core::feed
