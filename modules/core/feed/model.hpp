#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "accounts/accounts.hpp"
#include "dontgoback/http/identity.hpp"
#include "dontgoback/id.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::core::feed {

using PostId = Id<struct PostTag>;
using CommentId = Id<struct CommentTag>;

/// What posts and comments share, as one viewer sees it. Views are valid while the row is being read.
struct Entry {
  UserId user;                  ///< as whose it is shown; accounts::kUnlinked of what is written unlinked
  std::optional<UserId> owner;  ///< whose it is, which nobody else may be told; nothing when they are gone
  std::string_view content;
  std::string_view author;          ///< the author's name when it was written
  accounts::AssetType author_type;  ///< the author's type when it was written
  http::Role role;                  ///< the author's role now
  std::int64_t likes;
  bool liked;  ///< by the viewer
  time::Timestamp created_at;
  time::Timestamp updated_at;
  int withheld;  ///< why others do not see it, which its author alone is told: bits of `Withheld`
  std::optional<time::Timestamp> remove_at{};  ///< in the list of what the viewer wrote unlinked: when it is deleted
};

struct Post : Entry {
  PostId id;
  std::int64_t comments;   ///< live comments and replies
  std::int64_t saved = 0;  ///< in the list of what the viewer saved: which it was
};

struct Comment : Entry {
  CommentId id;
  PostId post;
  std::optional<CommentId> parent;    ///< of a reply: the comment that it stands below
  std::optional<CommentId> answered;  ///< of an answer to a reply: that, which may be gone
  std::int64_t replies;
  std::optional<std::int64_t> face;  ///< number of the face that its author has in the thread, where that is known
};

/// As whose something is written.
struct ShownAuthor {
  UserId user;
  std::string_view name;
  accounts::AssetType type;
};

struct NewPost {
  std::string_view content;
  bool unlinked = false;
};

struct NewComment {
  PostId post;
  std::optional<CommentId> parent;  ///< what it answers: a comment, or a reply to one
  std::string_view content;
  std::optional<bool> unlinked{};  ///< as whom; nothing: as its author has spoken there before, linked the first time
};

/// A page of a list: at most `size` rows with ids below `before`, newest first, as `viewer` sees them.
struct Page {
  std::int64_t before;
  int size;
  UserId viewer;
};

}  // namespace dontgoback::core::feed
