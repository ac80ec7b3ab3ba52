#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "dontgoback/http/request.hpp"
#include "dontgoback/json/writer.hpp"
#include "model.hpp"
#include "reader.hpp"

// Posts for who looks for them by what they say. Ids of a span are descending, and at most kFoundAtOnce.
namespace dontgoback::core::feed {

inline constexpr std::size_t kFoundAtOnce = 128;

/// A text is valid during the call only.
using EachText = std::function<void(PostId, std::string_view content)>;
struct PostText {
  PostId id;
  UserId author;                ///< as whose it is shown
  std::optional<UserId> owner;  ///< whose it is; nothing when they are gone
  std::string_view content;
};
using EachTextOf = std::function<void(const PostText&)>;

/// How much a post was liked and answered.
struct Talk {
  std::int64_t likes, comments;
  time::Timestamp written_at;
};
/// Nothing where there never was one, or it is deleted.
std::optional<Talk> talk_of(storage::Connection& connection, PostId id);

/// The highest id that a post has; 0: there is none.
PostId newest_post(storage::Connection& connection);

/// Those of some posts that `reader` may see, in any order. Which of them it does not want (`Reader::skips_post`,
/// `Reader::skips`) is for the caller to say, but where each row is asked for.
void each_text(storage::Connection& connection, std::span<const PostId> ids, const Reader& reader,
               const EachTextOf& row);

/// Posts with ids in [from, before).
struct Stretch {
  PostId from, before;
};
/// The same of those of a stretch whose texts have `needle` in them, byte by byte, the newest first; at most `size`. It
/// costs what the stretch is long.
void each_text(storage::Connection& connection, Stretch stretch, std::string_view needle, int size,
               const Reader& reader, const EachTextOf& row);

/// All of a stretch that are not deleted, seen or not. On MariaDB, in a write transaction, one that is being written at
/// this moment is waited for; on SQLite it is a read.
void each_kept_text(storage::Connection& connection, Stretch stretch, const EachText& row);

/// Those of a stretch that have a text, deleted ones included.
void each_worded(storage::Connection& connection, Stretch stretch, const std::function<void(PostId)>& row);

/// The wire's list of `Feed`s: those of some posts that who asks may see, in the order of the ids.
void write_posts(json::Writer& writer, storage::Connection& connection, std::span<const PostId> ids,
                 const http::Request& request);

}  // namespace dontgoback::core::feed
