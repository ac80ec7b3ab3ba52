#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounts/accounts.hpp"
#include "dontgoback/storage/connection.hpp"
#include "model.hpp"
#include "own_words.hpp"

// What is written unlinked: stored as accounts::kUnlinked's, so that nothing which asks about an author finds the true
// one; whose it is these calls alone say (docs/decisions/unlinked.md). No answer to anybody else may hold it, nor
// anything made from it.
namespace dontgoback::core::feed {

/// Whose a post or comment is, unlinked or not; nothing when there is none, and when its author is gone.
std::optional<UserId> owner_of(storage::Connection& connection, PostId id);
std::optional<UserId> owner_of(storage::Connection& connection, CommentId id);

/// As whom somebody speaks in a thread, fixed by their first word there.
struct Face {
  std::int64_t number = 0;  ///< 0: the post's author's; others from 1 on, in the order of their first word
  bool unlinked = false;
  std::string author;  ///< of an unlinked one: its name, which stays; may be empty
  accounts::AssetType author_type = accounts::AssetType::blue;  ///< of an unlinked one: stays
};
/// Of who has spoken below the post, or wrote it; nothing for all others. A linked face has the account's own name of
/// each day, and is told without.
std::optional<Face> face_in(storage::Connection& connection, PostId post, UserId user);

/// What an account wrote unlinked, for the account itself, as own_posts.
struct OwnUnlinkedPost : OwnPost {
  std::optional<time::Timestamp> remove_at;  ///< when it is deleted by itself
};
std::vector<OwnUnlinkedPost> own_unlinked_posts(storage::Connection& connection, UserId user, PostId after, int limit);

struct OwnUnlinkedComment : OwnComment {
  std::optional<time::Timestamp> remove_at;
};
std::vector<OwnUnlinkedComment> own_unlinked_comments(storage::Connection& connection, UserId user, CommentId after,
                                                      int limit);

}  // namespace dontgoback::core::feed
