#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "accounts/accounts.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock.hpp"
#include "model.hpp"
#include "unlinked.hpp"

namespace dontgoback::core::feed {

/// What another part does when something is said, changed or liked: inside the transaction that does it, which may run
/// more than once, with the post held. An exception undoes all of it. Called from any thread.
class Listener {
 public:
  virtual ~Listener() = default;

  struct Commented {
    CommentId id;
    PostId post;
    UserId post_author;                ///< as whose it is shown
    std::optional<UserId> post_owner;  ///< whose it is, which nobody else may be told; nothing when they are gone
    struct Parent {
      CommentId id;
      UserId author;
      std::optional<UserId> owner;
    };
    std::optional<Parent> parent;  ///< of a reply
    const accounts::Account& by;   ///< who it is, which of an unlinked face nobody may be told
    const Face& face;              ///< as whom it is said, with the name and type that are shown, linked or not
    time::Timestamp now;
  };
  virtual void commented(storage::Connection&, const Commented&) const {}

  struct Liked {
    PostId post;
    std::optional<CommentId> comment;  ///< when that is what is liked
    UserId author;                     ///< of what is liked, as whose it is shown
    std::optional<UserId> owner;       ///< whose it is, which nobody else may be told; nothing when they are gone
    const accounts::Account& by;
    const std::optional<Face>& face;  ///< that who likes has in the thread now, as face_in
    time::Timestamp now;
  };
  virtual void liked(storage::Connection&, const Liked&) const {}
  /// A like was taken back.
  virtual void unliked(storage::Connection&, const Liked&) const {}

  struct Written {
    PostId post;
    std::optional<CommentId> comment;  ///< when that is what was written
    UserId author;                     ///< as whose it is shown
    UserId owner;                      ///< whose it is: who wrote it
    std::string_view content;
    std::string_view before;  ///< the text that it had; empty of a new one
    time::Timestamp now;
  };
  /// A post or comment was written, or its author changed its text. Who listens may withhold it.
  virtual void written(storage::Connection&, const Written&) const {}

  struct Removed {
    PostId post;
    std::optional<CommentId> comment;  ///< when that is what was deleted, not its whole post
    time::Timestamp now;
  };
  /// Its author deleted it.
  virtual void removed(storage::Connection&, const Removed&) const {}
};

/// In the order in which they are told. They are to live as long.
using Listeners = std::vector<const Listener*>;

}  // namespace dontgoback::core::feed
