#include "unlinked_store.hpp"

#include "dontgoback/storage/planned.hpp"
#include "removal_store.hpp"
#include "revision_store.hpp"

namespace dontgoback::core::feed {
namespace {

using storage::args;
using storage::Connection;
using storage::Planned;

/// The statements for what is written unlinked of one kind.
struct LinksOf {
  const Planned& some;
  std::string_view author, owner, move, drop, loosen, erase_unseen;
};

const Planned kSomePosts("feed/some-unlinked-posts",
                         "SELECT post_id FROM unlinked_posts {unlinked_posts_by_user} WHERE user_id = :user_id ORDER "
                         "BY post_id DESC LIMIT :limit");
const Planned kSomeComments("feed/some-unlinked-comments",
                            "SELECT comment_id FROM unlinked_comments {unlinked_comments_by_user} WHERE user_id = "
                            ":user_id ORDER BY comment_id DESC LIMIT :limit");

const LinksOf kPosts{
    kSomePosts,
    "SELECT user_id FROM posts WHERE id = :id",
    "SELECT user_id FROM unlinked_posts WHERE post_id = :id",
    "UPDATE unlinked_posts SET user_id = :to WHERE post_id = :id",
    "DELETE FROM unlinked_posts WHERE post_id = :id AND remove_at IS NULL",
    "UPDATE unlinked_posts SET user_id = NULL WHERE post_id = :id",
    "DELETE FROM posts WHERE id = :id AND (deleted_at IS NOT NULL OR (hidden > 1 AND hidden % 2 = 0))"};
const LinksOf kComments{kSomeComments,
                        "SELECT user_id FROM comments WHERE id = :id",
                        "SELECT user_id FROM unlinked_comments WHERE comment_id = :id",
                        "UPDATE unlinked_comments SET user_id = :to WHERE comment_id = :id",
                        "DELETE FROM unlinked_comments WHERE comment_id = :id AND remove_at IS NULL",
                        "UPDATE unlinked_comments SET user_id = NULL WHERE comment_id = :id",
                        "DELETE FROM comments WHERE id = :id AND deleted_at IS NOT NULL"};

const Planned kSomeFaces("feed/some-faces",
                         "SELECT post_id, number FROM faces {faces_by_user} WHERE user_id = :user_id ORDER BY post_id "
                         "DESC LIMIT :limit");
const Planned kFace("feed/face",
                    "SELECT number, unlinked, author, author_type FROM faces {faces_by_user} WHERE user_id = :user_id "
                    "AND post_id = :post");
const Planned kLastFace("feed/last-face",
                        "SELECT number FROM faces {PRIMARY} WHERE post_id = :post ORDER BY number DESC LIMIT 1");

const Planned kOwnPosts(
    "feed/own-unlinked-posts",
    "SELECT p.id, p.content, p.author, p.author_type, p.like_count, p.comment_count, p.created_at, p.updated_at, "
    "p.deleted_at, u.remove_at FROM unlinked_posts u {unlinked_posts_by_user} CROSS JOIN posts p {PRIMARY} ON p.id = "
    "u.post_id WHERE u.user_id = :user_id AND u.post_id > :after ORDER BY u.post_id LIMIT :limit");
const Planned kOwnComments(
    "feed/own-unlinked-comments",
    "SELECT c.id, c.post_id, c.parent_id, c.content, c.author, c.author_type, c.like_count, c.reply_count, "
    "c.created_at, c.updated_at, c.deleted_at, u.remove_at FROM unlinked_comments u {unlinked_comments_by_user} CROSS "
    "JOIN comments c {PRIMARY} ON c.id = u.comment_id WHERE u.user_id = :user_id AND u.comment_id > :after ORDER BY "
    "u.comment_id LIMIT :limit");

template <class ThingId>
std::optional<UserId> owner(Connection& connection, const LinksOf& links, ThingId id) {
  const auto author = connection.one<UserId>(links.author, id);
  if (!author || std::get<0>(*author) == accounts::kDeparted) return std::nullopt;
  if (std::get<0>(*author) != accounts::kUnlinked) return std::get<0>(*author);
  const auto link = connection.one<std::optional<UserId>>(links.owner, id);
  return link ? std::get<0>(*link) : std::nullopt;
}

std::vector<std::int64_t> some(Connection& connection, const LinksOf& links, UserId user) {
  std::vector<std::int64_t> ids;
  connection.each(links.some.on(connection), args(user, kRemovedAtOnce),
                  [&ids](std::int64_t id) { ids.push_back(id); });
  return ids;
}

void hand_over(Connection& connection, const LinksOf& links, UserId from, UserId to) {
  for (auto ids = some(connection, links, from); !ids.empty(); ids = some(connection, links, from)) {
    for (const auto id : ids) connection.execute(links.move, to, id);
  }
}

bool cut_loose(Connection& connection, const LinksOf& links, UserId user) {
  const auto ids = some(connection, links, user);
  for (const auto id : ids) {
    if (connection.execute(links.erase_unseen, id) != 0) continue;
    if (connection.execute(links.drop, id) == 0) connection.execute(links.loosen, id);
  }
  return ids.size() < kRemovedAtOnce;
}

struct Worn {
  PostId post;
  std::int64_t number;
};

std::vector<Worn> some_faces(Connection& connection, UserId user) {
  std::vector<Worn> faces;
  connection.each(kSomeFaces.on(connection), args(user, kRemovedAtOnce), [&faces](PostId post, std::int64_t number) {
    faces.push_back({post, number});
  });
  return faces;
}

void set_wearer(Connection& connection, const Worn& face, std::optional<UserId> user) {
  connection.execute("UPDATE faces SET user_id = :user_id WHERE post_id = :post AND number = :number", user, face.post,
                     face.number);
}

}  // namespace

std::optional<UserId> owner_of(Connection& connection, PostId id) { return owner(connection, kPosts, id); }
std::optional<UserId> owner_of(Connection& connection, CommentId id) { return owner(connection, kComments, id); }

std::optional<Face> face_in(Connection& connection, PostId post, UserId user) {
  if (auto face = find_face(connection, post, user)) return face;
  const auto author = connection.one<UserId>(kPosts.author, post);
  return author && std::get<0>(*author) == user ? std::optional(Face{}) : std::nullopt;
}

std::vector<OwnUnlinkedPost> own_unlinked_posts(Connection& connection, UserId user, PostId after, int limit) {
  std::vector<OwnUnlinkedPost> found;
  connection.each(kOwnPosts.on(connection), args(user, after, limit),
                  [&found](PostId id, std::string content, std::string author, int type, std::int64_t likes,
                           std::int64_t comments, time::Timestamp created_at, time::Timestamp updated_at,
                           std::optional<time::Timestamp> deleted_at, std::optional<time::Timestamp> remove_at) {
                    found.push_back({{{std::move(content), std::move(author), static_cast<accounts::AssetType>(type),
                                       likes, created_at, updated_at, deleted_at},
                                      id,
                                      comments},
                                     remove_at});
                  });
  return with_revisions(connection, std::move(found));
}

std::vector<OwnUnlinkedComment> own_unlinked_comments(Connection& connection, UserId user, CommentId after, int limit) {
  std::vector<OwnUnlinkedComment> found;
  connection.each(kOwnComments.on(connection), args(user, after, limit),
                  [&found](CommentId id, PostId post, std::optional<CommentId> parent, std::string content,
                           std::string author, int type, std::int64_t likes, std::int64_t replies,
                           time::Timestamp created_at, time::Timestamp updated_at,
                           std::optional<time::Timestamp> deleted_at, std::optional<time::Timestamp> remove_at) {
                    found.push_back({{{std::move(content), std::move(author), static_cast<accounts::AssetType>(type),
                                       likes, created_at, updated_at, deleted_at},
                                      id,
                                      post,
                                      parent,
                                      replies},
                                     remove_at});
                  });
  return with_revisions(connection, std::move(found));
}

void link_post(Connection& connection, PostId id, UserId owner) {
  connection.execute("INSERT INTO unlinked_posts (post_id, user_id) VALUES (:post, :owner)", id, owner);
}

void link_comment(Connection& connection, CommentId id, UserId owner) {
  connection.execute("INSERT INTO unlinked_comments (comment_id, user_id) VALUES (:comment, :owner)", id, owner);
}

std::optional<Face> find_face(Connection& connection, PostId post, UserId user) {
  std::optional<Face> face;
  connection.each(kFace.on(connection), args(user, post),
                  [&face](std::int64_t number, bool unlinked, std::string author, int type) {
                    face = Face{number, unlinked, std::move(author), static_cast<accounts::AssetType>(type)};
                  });
  return face;
}

std::int64_t next_face(Connection& connection, PostId post) {
  const auto last = connection.one<std::int64_t>(kLastFace.on(connection), post);
  return last ? std::get<0>(*last) + 1 : 1;
}

void add_face(Connection& connection, PostId post, UserId user, const Face& face) {
  connection.execute(
      "INSERT INTO faces (post_id, number, user_id, unlinked, author, author_type) VALUES (:post, :number, :user_id, "
      ":unlinked, :author, :author_type)",
      post, face.number, user, face.unlinked ? 1 : 0, face.author, static_cast<int>(face.author_type));
}

void hand_over_unlinked(Connection& connection, UserId from, UserId to) {
  hand_over(connection, kPosts, from, to);
  hand_over(connection, kComments, from, to);
  for (auto faces = some_faces(connection, from); !faces.empty(); faces = some_faces(connection, from)) {
    for (const auto& face : faces) {
      // Asked before the posts are handed over, of which `to` is the author then.
      const bool has_one = face_in(connection, face.post, to).has_value();
      set_wearer(connection, face, has_one ? std::nullopt : std::optional(to));
    }
  }
}

bool cut_some_loose(Connection& connection, UserId user) {
  if (!cut_loose(connection, kPosts, user) || !cut_loose(connection, kComments, user)) return false;
  const auto faces = some_faces(connection, user);
  for (const auto& face : faces) set_wearer(connection, face, std::nullopt);
  return faces.size() < kRemovedAtOnce;
}

}  // namespace dontgoback::core::feed
