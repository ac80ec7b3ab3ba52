#include "handlers.hpp"

#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/json/writer.hpp"
#include "finder.hpp"

namespace dontgoback::core::search {

namespace {

http::Response found_page(storage::Database& database, const feed::Readers& readers, const http::Request& request,
                          const Query& query, const Message& message) {
  const feed::PostId before{http::page_before(request, "lastFeedId")};
  const auto size = static_cast<std::size_t>(http::page_size(request));
  return database.read([&](storage::Connection& connection) {
    const auto found = find(connection, query, before, size, readers.find(connection, request.identity.user));
    return http::envelope(request, 200, message, [&](json::Writer& writer) {
      writer.begin_object();
      writer.key("feeds");
      feed::write_posts(writer, connection, found.posts, request);
      writer.field("nextFeedId", found.next);
      writer.end_object();
    });
  });
}

}  // namespace

http::Response find_posts(storage::Database& database, const feed::Readers& readers, const http::Request& request) {
  const auto typed = http::query_text(request, "q");
  if (!typed) throw http::Error(FailureKind::invalid, {"`q`가 필요합니다.", "`q` is needed."});
  return found_page(database, readers, request, http::unwrap(read_query(*typed)),
                    {"검색 결과입니다.", "What was found."});
}

http::Response posts_of_topic(storage::Database& database, const feed::Readers& readers, const http::Request& request) {
  const auto query = http::unwrap(read_topic(http::path_text(request, "name")));
  return found_page(database, readers, request, query, {"주제의 글입니다.", "The posts of the topic."});
}

}  // namespace dontgoback::core::search
