#include "post_store.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "dontgoback/storage/planned.hpp"
#include "posts.hpp"
#include "with_ids.hpp"

namespace dontgoback::core::feed {
namespace {

using storage::args;
using storage::Connection;
using storage::Dialect;
using storage::Planned;

const std::string kRead =
    "SELECT p.id, p.user_id, p.author, p.author_type, p.content, p.like_count, p.comment_count, p.created_at, "
    "p.updated_at, p.hidden, a.role, "
    // Not EXISTS, which MariaDB may turn around and read all of the viewer's likes for.
    "(SELECT COUNT(*) FROM post_likes l {PRIMARY} WHERE l.post_id = p.id AND l.user_id = :viewer) FROM ";

/// What is read of a post, from the posts by `index`.
std::string posts_by(std::string_view index) {
  return kRead + "posts p {" + std::string(index) + "} " + accounts::planned_join("a", "p.user_id") + " WHERE ";
}

const std::string kNext = "p.id < :before ORDER BY p.id DESC LIMIT :size";

const Planned kPage("feed/page", posts_by("posts_shown") + listed("p", "a") + " AND " + kNext);
const Planned kPageOfAuthor("feed/page-of-author", posts_by("posts_shown_by_user") + listed("p", "a") +
                                                       " AND p.user_id = :author AND " + kNext);
// By an index of its own: an author's few red posts among many blue ones cost no more than any page.
const Planned kPageOfAuthorAndType("feed/page-of-author-and-type",
                                   posts_by("posts_shown_by_user_type") + listed("p", "a") +
                                       " AND p.user_id = :author AND p.author_type = :type AND " + kNext);
const Planned kNewestShown("feed/newest-shown", "SELECT p.id FROM posts p {posts_shown} " +
                                                    accounts::planned_join("a", "p.user_id") + " WHERE " +
                                                    listed("p", "a") + " ORDER BY p.id DESC LIMIT 1");
const Planned kAmong("feed/posts-among", with_ids(kPostsAtOnce) + kRead +
                                             "v CROSS JOIN posts p {PRIMARY} ON p.id = v.id " +
                                             accounts::planned_join("a", "p.user_id") + " WHERE " + visible("p", "a"));
const Planned kOne("feed/post", posts_by("PRIMARY") + visible_to(":reader", "p", "a") + " AND p.id = :id");

auto to_post(const EachPost& row) {
  return [&row](PostId id, UserId user, std::string_view author, int author_type, std::string_view content,
                std::int64_t likes, std::int64_t comments, time::Timestamp created_at, time::Timestamp updated_at,
                int hidden, int role, bool liked) {
    row(Post{{.user = user,
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
             comments});
  };
}

}  // namespace

void each_post(Connection& connection, const Page& page, const EachPost& row) {
  connection.each(kPage.on(connection), args(page.viewer, page.before, page.size), to_post(row));
}

void each_post_of(Connection& connection, UserId author, const Page& page, const EachPost& row) {
  connection.each(kPageOfAuthor.on(connection), args(page.viewer, author, page.before, page.size), to_post(row));
}

void each_post_of(Connection& connection, UserId author, accounts::AssetType type, const Page& page,
                  const EachPost& row) {
  connection.each(kPageOfAuthorAndType.on(connection),
                  args(page.viewer, author, static_cast<int>(type), page.before, page.size), to_post(row));
}

std::optional<PostId> newest_shown_post(Connection& connection) {
  const auto newest = connection.one<PostId>(kNewestShown.on(connection));
  return newest ? std::optional(std::get<0>(*newest)) : std::nullopt;
}

void each_post_among(Connection& connection, std::span<const PostId> ids, UserId viewer, const EachPost& row) {
  // Padded with nobody's id, so that there is one text.
  std::array<PostId, kPostsAtOnce> padded{};
  std::ranges::copy(ids, padded.begin());
  connection.each(kAmong.on(connection), std::tuple_cat(padded, args(viewer)), to_post(row));
}

bool read_post(Connection& connection, PostId id, UserId viewer, const EachPost& row) {
  bool found = false;
  const EachPost remember = [&](const Post& post) {
    found = true;
    row(post);
  };
  connection.each(kOne.on(connection), args(viewer, viewer, id), to_post(remember));
  return found;
}

bool is_post_visible(Connection& connection, PostId id, UserId viewer) {
  static const std::string kSql = "SELECT 1 FROM posts p JOIN " + accounts::joined("a", "p.user_id") +
                                  " WHERE p.id = :id AND " + visible_to(":viewer", "p", "a");
  return connection.one<std::int64_t>(kSql, id, viewer).has_value();
}

std::optional<PostState> hold_post(Connection& connection, PostId id) {
  // SQLite has one writer; MariaDB locks the row, and the author's status is a subquery so that the account is not
  // locked.
  static const std::string kSqlite =
      "SELECT p.user_id, (SELECT " + accounts::visible_account("a") + " FROM " + accounts::table("a") +
      " WHERE a.id = p.user_id), p.deleted_at IS NOT NULL, p.hidden, p.like_count, p.updated_at, "
      "p.content FROM posts p WHERE p.id = :id";
  static const std::string kMysql = kSqlite + " FOR UPDATE";
  std::optional<PostState> state;
  connection.each(
      connection.dialect() == Dialect::sqlite ? kSqlite : kMysql, args(id),
      [&](UserId user, bool author_visible, bool deleted, int hidden, std::int64_t likes, time::Timestamp updated_at,
          std::string_view content) {
        state = PostState{{user, author_visible, deleted, withheld(hidden)}, likes, updated_at, std::string(content)};
      });
  return state;
}

PostId insert_post(Connection& connection, const accounts::Account& author, std::string_view content,
                   time::Timestamp now) {
  connection.execute(
      "INSERT INTO posts (user_id, author, author_type, content, created_at, updated_at) "
      "VALUES (:user_id, :author, :author_type, :content, :created_at, :updated_at)",
      author.id, author.name(), static_cast<int>(author.type()), content, now, now);
  return {connection.last_insert_id()};
}

void update_post(Connection& connection, PostId id, std::string_view content, time::Timestamp now) {
  connection.execute("UPDATE posts SET content = :content, updated_at = :now WHERE id = :id", content, now, id);
}

void delete_post(Connection& connection, PostId id, time::Timestamp now) {
  connection.execute("UPDATE posts SET deleted_at = :now WHERE id = :id", now, id);
}

void add_to_comment_count(Connection& connection, PostId id, std::int64_t more) {
  connection.execute("UPDATE posts SET comment_count = comment_count + :more WHERE id = :id", more, id);
}

}  // namespace dontgoback::core::feed
