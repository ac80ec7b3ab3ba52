#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "dontgoback/storage/connection.hpp"
#include "model.hpp"
#include "reader.hpp"
#include "visibility.hpp"

// SQL of the posts table.
namespace dontgoback::core::feed {

using EachPost = std::function<void(const Post&)>;

/// The visible posts of a page that are for its reader.
Unfinished each_post(storage::Connection& connection, const Page& page, const Reader& reader, const EachPost& row);
/// Those of one author whom somebody looks at: left out for their words only.
Unfinished each_post_of(storage::Connection& connection, UserId author, const Page& page, const Reader& reader,
                        const EachPost& row);
/// Only those written on a day of that direction.
Unfinished each_post_of(storage::Connection& connection, UserId author, accounts::AssetType type, const Page& page,
                        const Reader& reader, const EachPost& row);
inline constexpr std::size_t kPostsAtOnce = 50;
/// Those of some posts that are visible, in any order. At most kPostsAtOnce.
void each_post_among(storage::Connection& connection, std::span<const PostId> ids, UserId viewer, const EachPost& row);
/// The post if it is visible to the viewer; false when it is not.
bool read_post(storage::Connection& connection, PostId id, UserId viewer, const EachPost& row);
bool is_post_visible(storage::Connection& connection, PostId id, UserId viewer);

struct PostState : PostVisibility {
  std::int64_t likes = 0;
  time::Timestamp updated_at;
  std::string content;
};
/// The post as it is now, nothing when there never was one. In a write transaction: nobody else changes the post or its
/// comments until it ends. `reader` is who asks, if it matters.
std::optional<PostState> hold_post(storage::Connection& connection, PostId id, UserId reader = {});

PostId insert_post(storage::Connection& connection, const ShownAuthor& author, std::string_view content,
                   time::Timestamp now);
void update_post(storage::Connection& connection, PostId id, std::string_view content, time::Timestamp now);
void delete_post(storage::Connection& connection, PostId id, time::Timestamp now);
void add_to_comment_count(storage::Connection& connection, PostId id, std::int64_t more);

}  // namespace dontgoback::core::feed
