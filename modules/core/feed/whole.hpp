#pragma once

#include <optional>
#include <string>

#include "dontgoback/storage/connection.hpp"
#include "model.hpp"

// Posts and comments as who moderates reads them, whatever became of them. For no answer to anybody else.
namespace dontgoback::core::feed {

struct Whole {
  UserId user;
  PostId post;  ///< a comment's is the one it is on
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

/// Whose it is, when `viewer` sees it.
std::optional<UserId> seen_author(storage::Connection& connection, PostId id, UserId viewer);
std::optional<UserId> seen_author(storage::Connection& connection, CommentId id, UserId viewer);

}  // namespace dontgoback::core::feed
