#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "model.hpp"

// Posts and comments as who moderates reads them, whatever became of them. For no answer to anybody else.
namespace dontgoback::core::feed {

struct Whole {
  UserId user;                  ///< as whose it is shown; accounts::kUnlinked of what is written unlinked
  std::optional<UserId> owner;  ///< whose it is, which moderators may not be told either; nothing when they are gone
  PostId post;                  ///< a comment's is the one it is on
  std::string author;
  std::string content;
  time::Timestamp created_at;
  time::Timestamp updated_at;
  bool deleted;
  int withheld;  ///< bits of Withheld
};

/// Nothing where there never was one. In a write transaction nobody else changes it until that ends.
std::optional<Whole> hold_whole(storage::Connection& connection, PostId id);
std::optional<Whole> hold_whole(storage::Connection& connection, CommentId id);
/// The same, only read.
std::optional<Whole> find_whole(storage::Connection& connection, PostId id);
std::optional<Whole> find_whole(storage::Connection& connection, CommentId id);

/// One of what somebody wrote unlinked.
struct UnlinkedText {
  PostId post;
  std::optional<CommentId> comment;  ///< when it is one
};
/// What an account wrote unlinked since then, deleted or not, of its newest `limit` posts and as many comments.
std::vector<UnlinkedText> unlinked_since(storage::Connection& connection, UserId owner, time::Timestamp since,
                                         int limit);

/// As whose it is shown, when `viewer` sees it.
std::optional<UserId> seen_author(storage::Connection& connection, PostId id, UserId viewer);
std::optional<UserId> seen_author(storage::Connection& connection, CommentId id, UserId viewer);

}  // namespace dontgoback::core::feed
