#pragma once

#include <cstdint>

#include "comment_store.hpp"

// SQL of the lists of a visible post's comments: those that are visible, and that their reader wants.
namespace dontgoback::core::feed {

enum class CommentOrder {
  newest,  ///< first
  oldest,  ///< first
  liked,   ///< the most first, of as many the newest
};

/// At most `size` comments behind `last` in that order, as `viewer` sees them.
struct CommentPage {
  CommentOrder order;
  CommentId last;  ///< 0: from the top
  int size;
  UserId viewer;
};

/// All of them, replies among them: not those to somebody whom the reader has turned away from. By time only.
Unfinished each_comment(storage::Connection& connection, PostId post, const CommentPage& page, const Reader& reader,
                        const EachComment& row);
/// The top level only. Where they are ordered by likes and `last` is no more, it begins anew.
Unfinished each_thread(storage::Connection& connection, PostId post, const CommentPage& page, const Reader& reader,
                       const EachComment& row);
/// The replies to a visible comment of that post. By time only.
Unfinished each_reply(storage::Connection& connection, PostId post, CommentId parent, const CommentPage& page,
                      const Reader& reader, const EachComment& row);

}  // namespace dontgoback::core::feed
