#include <ctime>

#include "atom.hpp"
#include "dontgoback/http/entity_tag.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "search/search.hpp"
#include "sharing.hpp"

namespace dontgoback::core::sharing {
namespace {

/// IMF-fixdate (RFC 9110 section 5.6.7), to the second below.
std::string http_date(time::Timestamp moment) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(moment);
  const std::time_t at = seconds.time_since_epoch().count();
  std::tm parts{};
  gmtime_r(&at, &parts);
  constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                kDays[static_cast<std::size_t>(parts.tm_wday)].data(), parts.tm_mday,
                kMonths[static_cast<std::size_t>(parts.tm_mon)].data(), parts.tm_year + 1900, parts.tm_hour,
                parts.tm_min, parts.tm_sec);
  return text.data();
}

http::Response feed_of_topic(Host& host, const http::ActionLimit& limit, const http::Request& request) {
  if (auto refused = limit.refuse(request)) return *std::move(refused);
  const auto topic = http::path_text(request, "name");
  const auto posts = host.database.read([&](storage::Connection& connection) {
    const auto found = http::unwrap(search::newest_of_topic(connection, topic));
    return feed::posts_for_strangers(connection, found);
  });
  const AtomFeed feed{std::string(host.node.network.in(request.language)), topic, host.node.public_url,
                      request.language};
  http::Response response;
  response.content_type = "application/atom+xml; charset=utf-8";
  response.body = atom(feed, posts);
  auto tag = http::entity_tag(response.body);
  if (http::names_entity_tag(request.header("If-None-Match"), tag)) {
    response.status = 304;
    response.body.clear();
  }
  response.header("ETag", std::move(tag));
  if (!posts.empty()) response.header("Last-Modified", http_date(changed_at(posts)));
  response.header("Cache-Control", "public, max-age=300").header("Vary", "Accept-Language");
  // For who follows it, and not to be found by what somebody once wrote.
  return std::move(response).header("X-Robots-Tag", "noindex, noarchive");
}

}  // namespace

void add_routes(Host& host, const http::ActionLimit& limit) {
  host.router.add({http::Method::get, "/topics/{name}/feed.xml", http::Access::anyone().as(http::RouteClass::search),
                   http::Lane::query, http::kNoBody,
                   [&host, &limit](const http::Request& request) { return feed_of_topic(host, limit, request); }});
}

}  // namespace dontgoback::core::sharing
