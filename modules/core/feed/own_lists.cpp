#include "own_lists.hpp"

#include "dontgoback/http/parameters.hpp"
#include "json.hpp"

namespace dontgoback::core::feed {

http::Response own_posts(const Feed& feed, const http::Request& request, std::string_view cursor,
                         const Message& message, EachOwnPost each) {
  const Page page{http::page_before(request, cursor), http::page_size(request), request.identity.user};
  return feed.database.read([&](storage::Connection& connection) {
    return http::envelope(request, 200, message, [&](json::Writer& writer) {
      writer.begin_object();
      writer.key("feeds");
      writer.begin_array();
      each(connection, page, [&](const Post& post) { write(writer, post, request); });
      writer.end_array();
      writer.end_object();
    });
  });
}

http::Response own_comments(const Feed& feed, const http::Request& request, const Message& message,
                            EachOwnComment each) {
  const Page page{http::page_before(request, "lastCommentId"), http::page_size(request), request.identity.user};
  return feed.database.read([&](storage::Connection& connection) {
    return http::envelope(request, 200, message, [&](json::Writer& writer) {
      writer.begin_object();
      writer.key("comments");
      writer.begin_array();
      each(connection, page, [&](const Comment& comment) { write(writer, comment, request); });
      writer.end_array();
      writer.end_object();
    });
  });
}

}  // namespace dontgoback::core::feed
