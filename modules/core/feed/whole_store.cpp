#include "comment_store.hpp"
#include "dontgoback/storage/planned.hpp"
#include "post_store.hpp"
#include "unlinked.hpp"
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

const storage::Planned kUnlinkedPosts(
    "feed/unlinked-posts-since",
    "SELECT u.post_id, p.created_at FROM unlinked_posts u {unlinked_posts_by_user} CROSS JOIN posts p {PRIMARY} ON "
    "p.id = u.post_id WHERE u.user_id = :owner ORDER BY u.post_id DESC LIMIT :limit");
const storage::Planned kUnlinkedComments(
    "feed/unlinked-comments-since",
    "SELECT c.post_id, u.comment_id, c.created_at FROM unlinked_comments u {unlinked_comments_by_user} CROSS JOIN "
    "comments c {PRIMARY} ON c.id = u.comment_id WHERE u.user_id = :owner ORDER BY u.comment_id DESC LIMIT :limit");

template <class AnyId>
std::optional<Whole> read(Connection& connection, std::string_view sql, AnyId id) {
  std::optional<Whole> whole;
  connection.each(sql, storage::args(id),
                  [&whole](UserId user, PostId post, std::string author, std::string content, time::Timestamp created,
                           time::Timestamp updated, bool deleted, int hidden) {
                    whole = Whole{user,    std::nullopt, post,    std::move(author), std::move(content),
                                  created, updated,      deleted, withheld(hidden)};
                  });
  if (whole) whole->owner = owner_of(connection, id);
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

std::vector<UnlinkedText> unlinked_since(Connection& connection, UserId owner, time::Timestamp since, int limit) {
  std::vector<UnlinkedText> found;
  connection.each(kUnlinkedPosts.on(connection), storage::args(owner, limit), [&](PostId post, time::Timestamp at) {
    if (at >= since) found.push_back({post, std::nullopt});
  });
  connection.each(kUnlinkedComments.on(connection), storage::args(owner, limit),
                  [&](PostId post, CommentId comment, time::Timestamp at) {
                    if (at >= since) found.push_back({post, comment});
                  });
  return found;
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
