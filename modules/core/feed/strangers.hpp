#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "dontgoback/http/action_limit.hpp"
#include "dontgoback/http/router.hpp"
#include "dontgoback/storage/connection.hpp"
#include "model.hpp"

// Reading single posts without an account, where the operator lets people (`--public-reading`):
// docs/decisions/public-reading.md.
namespace dontgoback::core::feed {

/// Who may, and how often. Both are to live as long as the router.
struct Strangers {
  /// Says who is signed in, and of who brings nothing by which they might be that they are nobody.
  const http::Authenticator& sessions;
  const http::ActionLimit& limit;
};

/// A post as strangers are shown it.
struct PostForStrangers {
  PostId id;
  std::string text;
  std::string author;  ///< the name when it was written; empty of what is written unlinked
  time::Timestamp written_at, changed_at;
};

/// Nothing of what is to them as if it did not exist.
std::optional<PostForStrangers> post_for_strangers(storage::Connection& connection, PostId id);
/// Those of some posts (at most 50), in the order of the ids.
std::vector<PostForStrangers> posts_for_strangers(storage::Connection& connection, std::span<const PostId> ids);

}  // namespace dontgoback::core::feed
