#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "handlers.hpp"
#include "revisions.hpp"

namespace dontgoback::core::feed {
namespace {

template <class ThingId>
http::Response revisions(const Feed& feed, const http::Request& request, ThingId id) {
  const auto found = feed.database.read([&](storage::Connection& connection) {
    return http::unwrap(own_revisions(connection, id, request.identity.user));
  });
  return http::envelope(request, 200, {"수정하기 전의 글입니다.", "What it said before it was edited."},
                        [&](json::Writer& writer) { write(writer, found); });
}

}  // namespace

http::Response list_post_revisions(const Feed& feed, const http::Request& request) {
  return revisions(feed, request, PostId{http::path_id(request, "feedId")});
}

http::Response list_comment_revisions(const Feed& feed, const http::Request& request) {
  return revisions(feed, request, CommentId{http::path_id(request, "id")});
}

}  // namespace dontgoback::core::feed
