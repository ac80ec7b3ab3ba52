#include <limits>
#include <optional>
#include <string>

#include "accounts/accounts.hpp"
#include "as_account.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/json/reader.hpp"
#include "handlers.hpp"
#include "idempotency/idempotency.hpp"
#include "json.hpp"
#include "post_store.hpp"
#include "posts.hpp"
#include "text.hpp"
#include "unlinked.hpp"

namespace dontgoback::core::feed {
namespace {

struct PostText {
  std::string content;
};
BOOST_DESCRIBE_STRUCT(PostText, (), (content))

struct PostRequest {
  std::string content;
  std::optional<bool> unlinked;
};
BOOST_DESCRIBE_STRUCT(PostRequest, (), (content, unlinked))

/// The body as a T, its `content` as it is stored.
template <class T>
T body_of(const http::Request& request) {
  auto body = http::unwrap(json::read<T>(request.body));
  body.content = http::unwrap(read_text(body.content));
  return body;
}

PostId id_of(const http::Request& request) { return {http::path_id(request, "feedId")}; }

Page page_of(const http::Request& request) {
  return {http::page_before(request, "lastFeedId"), http::page_size(request), request.identity.user};
}

/// `type`: posts of a day of that direction only; absent: all.
std::optional<accounts::AssetType> type_of(const http::Request& request) {
  const auto text = http::query_text(request, "type");
  if (!text) return std::nullopt;
  for (const auto type : {accounts::AssetType::blue, accounts::AssetType::red}) {
    if (*text == to_string(type)) return type;
  }
  throw http::Error(FailureKind::invalid, {"`type`은 BLUE 또는 RED여야 합니다.", "`type` is BLUE or RED."});
}

/// `{"feeds": […]}` of what `each(connection, row)` finds.
template <class Each>
http::Response posts_answer(const http::Request& request, storage::Connection& connection, Each&& each) {
  return http::envelope(request, 200, {"게시글 목록입니다.", "The posts."}, [&](json::Writer& writer) {
    writer.begin_object();
    writer.key("feeds");
    writer.begin_array();
    const Unfinished unfinished = each(connection, [&](const Post& post) { write(writer, post, request); });
    writer.end_array();
    if (unfinished) writer.field("nextLastFeedId", *unfinished);
    writer.end_object();
  });
}

/// As whom who asks speaks below a post, by the name of today.
std::optional<Face> own_face(const Feed& feed, storage::Connection& connection, PostId id, UserId viewer) {
  auto face = face_in(connection, id, viewer);
  if (face && !face->unlinked) {
    const auto account = feed.directory.find(connection, viewer, feed.zone.day_of(feed.clock.now()));
    if (!account) return std::nullopt;
    face->author = account->name();
    face->author_type = account->type();
  }
  return face;
}

http::Response post_answer(const http::Request& request, int status, const Message& message,
                           storage::Connection& connection, PostId id, const std::optional<Face>& mine = {}) {
  const auto viewer = request.identity.user;
  return http::envelope(request, status, message, [&](json::Writer& writer) {
    if (!read_post(connection, id, viewer, [&](const Post& post) { write(writer, post, mine, request); }))
      throw http::Error(kNoPost);
  });
}

}  // namespace

http::Response list_posts(const Feed& feed, const http::Request& request) {
  const auto page = page_of(request);
  return feed.database.read([&](storage::Connection& connection) {
    return posts_answer(request, connection, [&](storage::Connection& c, const EachPost& row) {
      return each_post(c, page, feed.readers.find(c, page.viewer), row);
    });
  });
}

http::Response list_posts_of_author(const Feed& feed, const http::Request& request) {
  const auto id = http::query_integer(request, "userId", 1, std::numeric_limits<std::int64_t>::max());
  if (!id) throw http::Error(FailureKind::invalid, {"`userId`가 필요합니다.", "`userId` is needed."});
  const UserId author{*id};
  const auto type = type_of(request);
  const auto page = page_of(request);
  return feed.database.read([&](storage::Connection& connection) {
    if (relations::are_apart(connection, page.viewer, author)) throw http::Error(accounts::kNoUser);
    http::unwrap(accounts::find_open_profile(connection, author, request.identity));
    return posts_answer(request, connection, [&](storage::Connection& c, const EachPost& row) {
      const auto reader = feed.readers.find(c, page.viewer);
      return type ? each_post_of(c, author, *type, page, reader, row) : each_post_of(c, author, page, reader, row);
    });
  });
}

http::Response get_post(const Feed& feed, const http::Request& request) {
  const auto id = id_of(request);
  return feed.database.read([&](storage::Connection& connection) {
    const auto mine = own_face(feed, connection, id, request.identity.user);
    return post_answer(request, 200, {"게시글입니다.", "The post."}, connection, id, mine);
  });
}

http::Response create_post(const Feed& feed, const http::Request& request) {
  check_meant_account(request);
  const auto body = body_of<PostRequest>(request);
  const auto& text = body.content;
  if (auto refused = feed.may_write(request)) return *std::move(refused);
  const auto author = request.identity.user;
  return idempotency::once(feed.database, feed.clock, feed.trust, request, text, [&](storage::Connection& connection) {
    const auto now = feed.clock.now();
    const NewPost post{text, body.unlinked.value_or(false)};
    const auto id =
        http::unwrap(write_post(connection, feed.directory, feed.listeners, author, post, now, feed.zone.day_of(now)));
    return post_answer(request, 201, {"게시글을 등록했습니다.", "The post was published."}, connection, id);
  });
}

http::Response change_post(const Feed& feed, const http::Request& request) {
  const auto id = id_of(request);
  const auto text = body_of<PostText>(request).content;
  const auto updated_at = feed.database.write([&](storage::Connection& connection) {
    return http::unwrap(edit_post(connection, feed.listeners, id, request.identity.user, text, feed.clock.now()));
  });
  return http::envelope(request, 200, {"게시글을 수정했습니다.", "The post was changed."}, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("feedId", id);
    writer.field("content", text);
    writer.field("updatedAt", updated_at);
    writer.end_object();
  });
}

http::Response delete_post(const Feed& feed, const http::Request& request) {
  const auto id = id_of(request);
  feed.database.write([&](storage::Connection& connection) {
    http::unwrap(remove_post(connection, feed.listeners, id, request.identity.user, feed.clock.now()));
  });
  return http::envelope(request, 200, {"게시글을 삭제했습니다.", "The post was deleted."}, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("feedId", id);
    writer.end_object();
  });
}

}  // namespace dontgoback::core::feed
