#include "strangers.hpp"

#include <algorithm>
#include <vector>

#include "dontgoback/http/entity_tag.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "handlers.hpp"
#include "json.hpp"
#include "posts.hpp"
#include "strangers_store.hpp"

namespace dontgoback::core::feed {
namespace {

constexpr int kComments = 20;
constexpr Failure kNeedsSession{FailureKind::unauthenticated, {"로그인이 필요합니다.", "Please sign in."}};

/// Whose it is leads strangers nowhere: who gathers what one member wrote has to be one. An unlinked name is nobody's,
/// and they are not told it either.
template <class T>
T for_strangers(T entry) {
  if (entry.user == accounts::kUnlinked) {
    entry.author = {};
  } else if (entry.user != accounts::kDeparted) {
    entry.user = {};
  }
  entry.owner = {};
  return entry;
}

bool has_words(const Post& post) { return post.user != accounts::kDeparted; }

PostForStrangers told(const Post& post) {
  return {.id = post.id,
          .text = std::string(post.content),
          .author = post.user == accounts::kUnlinked ? std::string() : std::string(post.author),
          .written_at = post.created_at,
          .changed_at = post.updated_at};
}

/// What everybody is told alike may be kept on the way for a moment; a browser asks again each time, for whoever signs
/// in there is told more.
http::Response kept(const http::Request& request, http::Response response) {
  auto tag = http::entity_tag(response.body);
  if (http::names_entity_tag(request.header("If-None-Match"), tag)) {
    response.status = 304;
    response.body.clear();
  }
  response.header("ETag", std::move(tag));
  response.header("Cache-Control", "public, max-age=0, s-maxage=30");
  response.header("Vary", "Cookie, Accept-Language");
  return response;
}

}  // namespace

std::optional<PostForStrangers> post_for_strangers(storage::Connection& connection, PostId id) {
  std::optional<PostForStrangers> found;
  read_post_for_strangers(connection, id, [&](const Post& post) {
    if (has_words(post)) found = told(post);
  });
  return found;
}

std::vector<PostForStrangers> posts_for_strangers(storage::Connection& connection, std::span<const PostId> ids) {
  std::vector<PostForStrangers> found;
  each_post_for_strangers(connection, ids, [&](const Post& post) {
    if (has_words(post)) found.push_back(told(post));
  });
  const auto place = [ids](const PostForStrangers& post) { return std::ranges::find(ids, post.id) - ids.begin(); };
  std::ranges::sort(found, {}, place);
  return found;
}

http::Response get_post_as_stranger(const Feed& feed, const http::Request& request) {
  if (auto refused = feed.strangers->limit.refuse(request)) return *std::move(refused);
  const PostId id{http::path_id(request, "feedId")};
  return feed.database.read([&](storage::Connection& connection) {
    return kept(request, http::envelope(request, 200, {"게시글입니다.", "The post."}, [&](json::Writer& writer) {
                  bool found = false;
                  read_post_for_strangers(connection, id, [&](const Post& post) {
                    found = has_words(post);
                    if (found) write(writer, for_strangers(post), request);
                  });
                  if (!found) throw http::Error(kNoPost);
                }));
  });
}

http::Response list_comments_as_stranger(const Feed& feed, const http::Request& request) {
  // The first page, and nothing that goes on from it.
  for (const auto* further : {"lastCommentId", "parentCommentId"}) {
    if (http::query_text(request, further).value_or("0") != "0") throw http::Error(kNeedsSession);
  }
  if (auto refused = feed.strangers->limit.refuse(request)) return *std::move(refused);
  const PostId id{http::path_id(request, "id")};
  return feed.database.read([&](storage::Connection& connection) {
    if (!post_for_strangers(connection, id)) throw http::Error(kNoPost);
    return kept(request, http::envelope(request, 200, {"댓글 목록입니다.", "The comments."}, [&](json::Writer& writer) {
                  writer.begin_object();
                  writer.key("comments");
                  writer.begin_array();
                  each_comment_for_strangers(connection, id, kComments, [&](const Comment& comment) {
                    write(writer, for_strangers(comment), request);
                  });
                  writer.end_array();
                  writer.end_object();
                }));
  });
}

}  // namespace dontgoback::core::feed
