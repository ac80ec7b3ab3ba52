#include <limits>
#include <optional>
#include <string>

#include "as_account.hpp"
#include "comment_lists_store.hpp"
#include "comment_store.hpp"
#include "comments.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/json/reader.hpp"
#include "handlers.hpp"
#include "idempotency/idempotency.hpp"
#include "json.hpp"
#include "post_store.hpp"
#include "posts.hpp"
#include "text.hpp"

namespace dontgoback::core::feed {
namespace {

struct CommentText {
  std::string content;
};
BOOST_DESCRIBE_STRUCT(CommentText, (), (content))

struct CommentRequest {
  PostId feedId;
  std::optional<CommentId> parentCommentId;
  std::string content;
  std::optional<bool> unlinked;
};
BOOST_DESCRIBE_STRUCT(CommentRequest, (), (feedId, parentCommentId, content, unlinked))

/// The body as a T, its `content` as it is stored.
template <class T>
T body_of(const http::Request& request) {
  auto body = http::unwrap(json::read<T>(request.body));
  body.content = http::unwrap(read_text(body.content));
  return body;
}

CommentId id_of(const http::Request& request) { return {http::path_id(request, "id")}; }

std::optional<CommentId> parent_of(const http::Request& request) {
  const auto id = http::query_integer(request, "parentCommentId", 1, std::numeric_limits<std::int64_t>::max());
  return id ? std::optional(CommentId{*id}) : std::nullopt;
}

/// Whether the top level is asked for alone, by `view=threads`.
bool as_threads(const http::Request& request) {
  const auto view = http::query_text(request, "view");
  if (!view) return false;
  if (*view == "threads") return true;
  throw http::Error(FailureKind::invalid, {"`view`는 threads여야 합니다.", "`view` is threads, or left out."});
}

CommentId last_of(const http::Request& request) {
  const auto before = http::page_before(request, "lastCommentId");
  return {before == std::numeric_limits<std::int64_t>::max() ? 0 : before};
}

CommentOrder order_of(const http::Request& request, bool replies) {
  const auto order = http::query_text(request, "order");
  if (!order || *order == "newest") return CommentOrder::newest;
  if (*order == "oldest") return CommentOrder::oldest;
  if (*order == "liked" && !replies) return CommentOrder::liked;
  throw http::Error(FailureKind::invalid, {"`order`는 newest, oldest이거나, 답글이 아니면 liked여야 합니다.",
                                           "`order` is newest, oldest or, but of replies, liked."});
}

}  // namespace

http::Response list_comments(const Feed& feed, const http::Request& request) {
  const PostId post{http::path_id(request, "id")};
  const auto parent = parent_of(request);
  const auto order = order_of(request, parent.has_value());
  const bool threads = as_threads(request) || order == CommentOrder::liked;
  const CommentPage page{order, last_of(request), http::page_size(request), request.identity.user};
  return feed.database.read([&](storage::Connection& connection) {
    if (!is_post_visible(connection, post, page.viewer)) throw http::Error(kNoPost);
    if (parent) {
      const auto comment = find_comment(connection, *parent, page.viewer);
      if (!comment || !comment->shown() || comment->post != post) throw http::Error(kNoComment);
    }
    const auto reader = feed.readers.find(connection, page.viewer);
    return http::envelope(request, 200, {"댓글 목록입니다.", "The comments."}, [&](json::Writer& writer) {
      const EachComment row = [&](const Comment& comment) { write(writer, comment, request); };
      writer.begin_object();
      writer.key("comments");
      writer.begin_array();
      const auto unfinished = parent    ? each_reply(connection, post, *parent, page, reader, row)
                              : threads ? each_thread(connection, post, page, reader, row)
                                        : each_comment(connection, post, page, reader, row);
      writer.end_array();
      if (unfinished) writer.field("nextLastCommentId", *unfinished);
      writer.end_object();
    });
  });
}

http::Response create_comment(const Feed& feed, const http::Request& request) {
  check_meant_account(request);
  const auto body = body_of<CommentRequest>(request);
  if (auto refused = feed.may_write(request)) return *std::move(refused);
  const auto author = request.identity.user;
  return idempotency::once(
      feed.database, feed.clock, feed.trust, request, body.content, [&](storage::Connection& connection) {
        const NewComment comment{body.feedId, body.parentCommentId, body.content, body.unlinked};
        const auto now = feed.clock.now();
        const auto id = http::unwrap(
            write_comment(connection, feed.directory, feed.listeners, author, comment, now, feed.zone.day_of(now)));
        return http::envelope(
            request, 201, {"댓글을 등록했습니다.", "The comment was published."}, [&](json::Writer& writer) {
              read_comment(connection, id, author, [&](const Comment& written) { write(writer, written, request); });
            });
      });
}

http::Response change_comment(const Feed& feed, const http::Request& request) {
  const auto id = id_of(request);
  const auto body = body_of<CommentText>(request);
  const auto updated_at = feed.database.write([&](storage::Connection& connection) {
    return http::unwrap(
        edit_comment(connection, feed.listeners, id, request.identity.user, body.content, feed.clock.now()));
  });
  return http::envelope(request, 200, {"댓글을 수정했습니다.", "The comment was changed."}, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("commentId", id);
    writer.field("content", body.content);
    writer.field("updatedAt", updated_at);
    writer.end_object();
  });
}

http::Response delete_comment(const Feed& feed, const http::Request& request) {
  const auto id = id_of(request);
  feed.database.write([&](storage::Connection& connection) {
    http::unwrap(remove_comment(connection, feed.listeners, id, request.identity.user, feed.clock.now()));
  });
  return http::envelope(request, 200, {"댓글을 삭제했습니다.", "The comment was deleted."}, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("commentId", id);
    writer.end_object();
  });
}

}  // namespace dontgoback::core::feed
