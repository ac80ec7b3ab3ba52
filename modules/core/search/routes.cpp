#include <limits>

#include "finder.hpp"
#include "handlers.hpp"
#include "search.hpp"

namespace dontgoback::core::search {

void add_routes(Host& host, const http::Authenticator& sessions, const feed::Readers& readers) {
  using http::Access, http::Lane, http::Method, http::RouteClass;
  auto& database = host.database;
  host.router.add({Method::get, "/api/v1/search/feeds", Access::account(sessions).as(RouteClass::search), Lane::query,
                   http::kNoBody, [&database, &readers](const http::Request& request) {
                     return find_posts(database, readers, request);
                   }});
  host.router.add({Method::get, "/api/v1/feeds/topics/{name}", Access::account(sessions).as(RouteClass::search),
                   Lane::query, http::kNoBody, [&database, &readers](const http::Request& request) {
                     return posts_of_topic(database, readers, request);
                   }});
}

Result<std::vector<feed::PostId>> newest_of_topic(storage::Connection& connection, std::string_view name) {
  constexpr std::size_t kPage = 20;
  const auto query = read_topic(name);
  if (!query) return query.failure();
  return find(connection, *query, {std::numeric_limits<std::int64_t>::max()}, kPage, {}).posts;
}

}  // namespace dontgoback::core::search
