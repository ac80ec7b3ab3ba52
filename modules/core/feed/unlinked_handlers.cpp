#include "comment_store.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "handlers.hpp"
#include "own_lists.hpp"
#include "own_lists_store.hpp"
#include "unlinked_removal.hpp"

namespace dontgoback::core::feed {

http::Response list_unlinked_posts(const Feed& feed, const http::Request& request) {
  return own_posts(feed, request, "lastFeedId", {"연결하지 않고 쓴 글입니다.", "What you have written unlinked."},
                   each_unlinked_post);
}

http::Response list_unlinked_comments(const Feed& feed, const http::Request& request) {
  return own_comments(feed, request, {"연결하지 않고 쓴 댓글입니다.", "What you have said unlinked."},
                      each_unlinked_comment);
}

http::Response remove_unlinked_later(const Feed& feed, const http::Request& request) {
  const auto now = feed.clock.now();
  const auto scheduled = schedule_removal(feed.database, request.identity.user, now);
  return http::envelope(request, 200,
                        {"연결하지 않고 쓴 글과 댓글을 하나씩 따로 지웁니다.",
                         "What you have written unlinked is deleted one by one, at random moments."},
                        [&](json::Writer& writer) {
                          writer.begin_object();
                          writer.field("feeds", scheduled.posts);
                          writer.field("comments", scheduled.comments);
                          writer.field("until", now + kRemovedWithin);
                          writer.end_object();
                        });
}

http::Response keep_unlinked(const Feed& feed, const http::Request& request) {
  keep_all(feed.database, request.identity.user);
  http::Response response;
  response.status = 204;
  return response;
}

}  // namespace dontgoback::core::feed
