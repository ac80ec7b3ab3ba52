#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model.hpp"
#include "revisions.hpp"

// What an account wrote, liked and keeps, for the account itself: all that is kept of it, whoever else sees it, in the
// order of ids. Each call reads one page: at most `limit` rows with ids above `after`.
namespace dontgoback::core::feed {

struct OwnText {
  std::string content;
  std::string author;  ///< the name when it was written
  accounts::AssetType author_type;
  std::int64_t likes;
  time::Timestamp created_at;
  time::Timestamp updated_at;
  std::optional<time::Timestamp> deleted_at;
  std::vector<Revision> revisions{};  ///< what it said before, the newest first
};

struct OwnPost : OwnText {
  PostId id;
  std::int64_t comments;
};
std::vector<OwnPost> own_posts(storage::Connection& connection, UserId user, PostId after, int limit);

struct OwnComment : OwnText {
  CommentId id;
  PostId post;
  std::optional<CommentId> parent;  ///< of a reply
  std::int64_t replies;
};
std::vector<OwnComment> own_comments(storage::Connection& connection, UserId user, CommentId after, int limit);

std::vector<PostId> liked_posts(storage::Connection& connection, UserId user, PostId after, int limit);
std::vector<PostId> hidden_posts(storage::Connection& connection, UserId user, PostId after, int limit);
std::vector<PostId> saved_posts(storage::Connection& connection, UserId user, PostId after, int limit);
std::vector<CommentId> liked_comments(storage::Connection& connection, UserId user, CommentId after, int limit);

}  // namespace dontgoback::core::feed
