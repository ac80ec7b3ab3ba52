#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "handlers.hpp"
#include "json.hpp"
#include "likes.hpp"

namespace dontgoback::core::feed {
namespace {

template <class ThingId>
LikeState change(const Feed& feed, const http::Request& request, std::string_view parameter, LikeChange wanted) {
  const ThingId thing{http::path_id(request, parameter)};
  return feed.database.write([&](storage::Connection& connection) {
    const auto now = feed.clock.now();
    const Liking liking{feed.directory, feed.listeners, request.identity.user, wanted, now, feed.zone.day_of(now)};
    return http::unwrap(change_like(connection, thing, liking));
  });
}

constexpr Message kLiked{"좋아요를 눌렀습니다.", "Liked."};
constexpr Message kNotLiked{"좋아요를 취소했습니다.", "No longer liked."};

http::Response answer(const http::Request& request, int status, const LikeState& state) {
  return http::envelope(request, status, state.liked ? kLiked : kNotLiked,
                        [&](json::Writer& writer) { write(writer, state); });
}

/// 201 when now liked, 200 when taken back; a GET that changes something must not be answered from a cache.
http::Response toggle_answer(const http::Request& request, const LikeState& state) {
  return answer(request, state.liked ? 201 : 200, state).header("Cache-Control", "no-store");
}

}  // namespace

http::Response like_post(const Feed& feed, const http::Request& request) {
  return answer(request, 200, change<PostId>(feed, request, "feedId", LikeChange::add));
}
http::Response unlike_post(const Feed& feed, const http::Request& request) {
  return answer(request, 200, change<PostId>(feed, request, "feedId", LikeChange::remove));
}
http::Response toggle_post_like(const Feed& feed, const http::Request& request) {
  return toggle_answer(request, change<PostId>(feed, request, "feedId", LikeChange::toggle));
}
http::Response like_comment(const Feed& feed, const http::Request& request) {
  return answer(request, 200, change<CommentId>(feed, request, "commentId", LikeChange::add));
}
http::Response unlike_comment(const Feed& feed, const http::Request& request) {
  return answer(request, 200, change<CommentId>(feed, request, "commentId", LikeChange::remove));
}
http::Response toggle_comment_like(const Feed& feed, const http::Request& request) {
  return toggle_answer(request, change<CommentId>(feed, request, "commentId", LikeChange::toggle));
}

}  // namespace dontgoback::core::feed
