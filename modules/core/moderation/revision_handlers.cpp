#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "handlers.hpp"
#include "revisions.hpp"

namespace dontgoback::core::moderation {
namespace {

http::Response revisions(const Moderation& moderation, const http::Request& request, const Target& target) {
  const auto found = moderation.database.write([&](storage::Connection& connection) {
    return http::unwrap(read_revisions(connection, request.identity.user, target, moderation.clock.now()));
  });
  return http::envelope(request, 200,
                        {"수정하기 전의 글입니다. 본 것이 기록에 남았습니다.",
                         "What it said before it was edited. The trail has that you looked."},
                        [&](json::Writer& writer) { feed::write(writer, found); });
}

}  // namespace

http::Response read_post_revisions(const Moderation& moderation, const http::Request& request) {
  return revisions(moderation, request, {TargetKind::feed, http::path_id(request, "feedId")});
}

http::Response read_comment_revisions(const Moderation& moderation, const http::Request& request) {
  return revisions(moderation, request, {TargetKind::comment, http::path_id(request, "commentId")});
}

}  // namespace dontgoback::core::moderation
