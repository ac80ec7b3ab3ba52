#include "comment_store.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "handlers.hpp"
#include "keeping.hpp"
#include "own_lists.hpp"
#include "own_lists_store.hpp"

namespace dontgoback::core::feed {
namespace {

/// `act(connection, post, user)`, which may be done twice.
template <class Act>
http::Response kept(const Feed& feed, const http::Request& request, const Act& act) {
  const PostId post{http::path_id(request, "feedId")};
  feed.database.write([&](storage::Connection& connection) { act(connection, post, request.identity.user); });
  http::Response response;
  response.status = 204;
  return response;
}

}  // namespace

http::Response archive_post(const Feed& feed, const http::Request& request) {
  return kept(feed, request, [](auto& c, PostId post, UserId user) { http::unwrap(archive(c, post, user)); });
}
http::Response unarchive_post(const Feed& feed, const http::Request& request) {
  return kept(feed, request, [](auto& c, PostId post, UserId user) { http::unwrap(unarchive(c, post, user)); });
}
http::Response save_post(const Feed& feed, const http::Request& request) {
  return kept(feed, request,
              [&](auto& c, PostId post, UserId user) { http::unwrap(save(c, post, user, feed.clock.now())); });
}
http::Response unsave_post(const Feed& feed, const http::Request& request) {
  return kept(feed, request, [](auto& c, PostId post, UserId user) { http::unwrap(unsave(c, post, user)); });
}
http::Response hide_post(const Feed& feed, const http::Request& request) {
  return kept(feed, request, [](auto& c, PostId post, UserId user) { http::unwrap(hide(c, post, user)); });
}
http::Response unhide_post(const Feed& feed, const http::Request& request) {
  return kept(feed, request, [](auto& c, PostId post, UserId user) { http::unwrap(unhide(c, post, user)); });
}

http::Response list_archived(const Feed& feed, const http::Request& request) {
  return own_posts(feed, request, "lastFeedId", {"보관한 글입니다.", "What you have archived."}, each_archived_post);
}
http::Response list_saved(const Feed& feed, const http::Request& request) {
  return own_posts(feed, request, "lastSavedId", {"저장한 글입니다.", "What you have saved."}, each_saved_post);
}
http::Response list_liked(const Feed& feed, const http::Request& request) {
  return own_posts(feed, request, "lastFeedId", {"좋아요를 누른 글입니다.", "What you like."}, each_liked_post);
}

http::Response list_own_comments(const Feed& feed, const http::Request& request) {
  return own_comments(feed, request, {"내가 쓴 댓글입니다.", "What you have said."}, each_own_comment);
}

}  // namespace dontgoback::core::feed
