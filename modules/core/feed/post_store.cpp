#include "post_store.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "dontgoback/storage/planned.hpp"
#include "posts.hpp"
#include "rows_store.hpp"
#include "unlinked.hpp"
#include "with_ids.hpp"

namespace dontgoback::core::feed {
namespace {

using storage::args;
using storage::Connection;
using storage::Dialect;
using storage::Planned;

/// Of the posts by `index`, and whether their reader does not want them.
std::string posts_by(std::string_view index, std::string_view skipped = "0") {
  return select_posts(skipped) + "FROM posts p {" + std::string(index) + "} " +
         accounts::planned_join("a", "p.user_id") + " WHERE ";
}

const std::string kNext = "p.id < :before ORDER BY p.id DESC LIMIT :size";

const Planned kPage("feed/page", posts_by("posts_shown") + listed("p", "a") + " AND " + kNext);
// For whom too much is turned away to be remembered.
const Planned kPageForReader("feed/page-for-reader",
                             posts_by("posts_shown", unwanted_post("p", ":reader", ":reader_too")) + listed("p", "a") +
                                 " AND " + kNext);
const Planned kPageOfAuthor("feed/page-of-author", posts_by("posts_shown_by_user") + listed("p", "a") +
                                                       " AND p.user_id = :author AND " + kNext);
// By an index of its own: an author's few red posts among many blue ones cost no more than any page.
const Planned kPageOfAuthorAndType("feed/page-of-author-and-type",
                                   posts_by("posts_shown_by_user_type") + listed("p", "a") +
                                       " AND p.user_id = :author AND p.author_type = :type AND " + kNext);
const Planned kNewest("feed/newest-shown", "SELECT p.id FROM posts p {posts_shown} " +
                                               accounts::planned_join("a", "p.user_id") + " WHERE " + listed("p", "a") +
                                               " AND p.id > 0 ORDER BY p.id DESC LIMIT 1");
const Planned kAmong("feed/posts-among", with_ids(kPostsAtOnce) + select_posts("0") +
                                             "FROM v CROSS JOIN posts p {PRIMARY} ON p.id = v.id " +
                                             accounts::planned_join("a", "p.user_id") + " WHERE " + visible("p", "a") +
                                             " AND " + relations::planned_not_apart("r", ":reader", "p.user_id"));
const Planned kOne("feed/post", posts_by("PRIMARY") + visible_to(":reader", "p", "a", owner_of_post("p", "pv")) +
                                    " AND p.id = :id AND " +
                                    relations::planned_not_apart("r", ":reader_too", "p.user_id"));
const Planned kIsVisible("feed/is-post-visible",
                         "SELECT 1 FROM posts p {PRIMARY} " + accounts::planned_join("a", "p.user_id") +
                             " WHERE p.id = :id AND " + visible_to(":viewer", "p", "a", owner_of_post("p", "pv")) +
                             " AND " + relations::planned_not_apart("r", ":reader", "p.user_id"));

/// A page of rows that `read(before, size, row)` reads, but for those that `skips(post)`.
template <class Read, class Skips>
Unfinished page_of(const Page& page, const EachPost& row, const Read& read, const Skips& skips) {
  return walk(page, [&](std::int64_t before, int size, const auto& shows) {
    const auto look = [&](const Post& post, std::int64_t skipped) {
      if (shows(post.id.value, skipped != 0 || skips(post))) row(post);
    };
    read(before, size, to_post(look));
  });
}

/// Who muted an author and went to their profile, or finds one of their posts not interesting, sees them there.
auto hidden_by_words(const Reader& reader) {
  return [&reader](const Post& post) { return reader.skips(post.owner, post.content); };
}

}  // namespace

Unfinished each_post(Connection& connection, const Page& page, const Reader& reader, const EachPost& row) {
  const auto read = [&](std::int64_t before, int size, const auto& look) {
    if (reader.asks_each_row()) {
      connection.each(kPageForReader.on(connection), args(page.viewer, reader.user, reader.user, before, size), look);
    } else {
      connection.each(kPage.on(connection), args(page.viewer, before, size), look);
    }
  };
  return page_of(page, row, read, [&reader](const Post& post) {
    return reader.skips_post(post.id, post.user) || reader.skips(post.owner, post.content);
  });
}

Unfinished each_post_of(Connection& connection, UserId author, const Page& page, const Reader& reader,
                        const EachPost& row) {
  const auto read = [&](std::int64_t before, int size, const auto& look) {
    connection.each(kPageOfAuthor.on(connection), args(page.viewer, author, before, size), look);
  };
  return page_of(page, row, read, hidden_by_words(reader));
}

Unfinished each_post_of(Connection& connection, UserId author, accounts::AssetType type, const Page& page,
                        const Reader& reader, const EachPost& row) {
  const auto read = [&](std::int64_t before, int size, const auto& look) {
    connection.each(kPageOfAuthorAndType.on(connection),
                    args(page.viewer, author, static_cast<int>(type), before, size), look);
  };
  return page_of(page, row, read, hidden_by_words(reader));
}

std::optional<PostId> newest_shown(Connection& connection) {
  const auto newest = connection.one<PostId>(kNewest.on(connection));
  return newest ? std::optional(std::get<0>(*newest)) : std::nullopt;
}

void each_post_among(Connection& connection, std::span<const PostId> ids, UserId viewer, const EachPost& row) {
  // Padded with nobody's id, so that there is one text.
  std::array<PostId, kPostsAtOnce> padded{};
  std::ranges::copy(ids, padded.begin());
  const auto each = [&row](const Post& post, std::int64_t) { row(post); };
  connection.each(kAmong.on(connection), std::tuple_cat(padded, args(viewer, viewer)), to_post(each));
}

bool read_post(Connection& connection, PostId id, UserId viewer, const EachPost& row) {
  bool found = false;
  const auto remember = [&](const Post& post, std::int64_t) {
    found = true;
    row(post);
  };
  connection.each(kOne.on(connection), args(viewer, viewer, id, viewer), to_post(remember));
  return found;
}

bool is_post_visible(Connection& connection, PostId id, UserId viewer) {
  return connection.one<std::int64_t>(kIsVisible.on(connection), id, viewer, viewer).has_value();
}

std::optional<PostState> hold_post(Connection& connection, PostId id, UserId reader) {
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
        state =
            PostState{{user, user, author_visible, deleted, withheld(hidden)}, likes, updated_at, std::string(content)};
      });
  if (state && state->user.value < 0) state->owner = owner_of(connection, id);
  if (state && reader.value != 0) state->apart = relations::are_apart(connection, reader, state->user);
  return state;
}

PostId insert_post(Connection& connection, const ShownAuthor& author, std::string_view content, time::Timestamp now) {
  connection.execute(
      "INSERT INTO posts (user_id, author, author_type, content, created_at, updated_at) "
      "VALUES (:user_id, :author, :author_type, :content, :created_at, :updated_at)",
      author.user, author.name, static_cast<int>(author.type), content, now, now);
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
