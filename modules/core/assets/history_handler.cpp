#include "history_handler.hpp"

#include <algorithm>

#include "accounts/accounts.hpp"
#include "dontgoback/http/entity_tag.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "relations/relations.hpp"
#include "series.hpp"
#include "store.hpp"

namespace dontgoback::core::assets {
namespace {

constexpr std::int64_t kUsualPoints = 1000;
constexpr std::int64_t kMostPoints = 10'000;

struct HistoryQuery {
  UserId user;
  time::Day from;
  time::Day to;
  Interval interval;
  std::size_t limit;
};

[[noreturn]] void refuse(std::string_view ko, std::string_view en) {
  throw http::Error(FailureKind::invalid, {ko, en});
}

HistoryQuery parse(const http::Request& request) {
  const UserId user{http::path_id(request, "userId")};
  const auto from = http::query_day(request, "from");
  const auto to = http::query_day(request, "to");
  if (!from || !to) refuse("`from`과 `to`가 필요합니다. (YYYY-MM-DD)", "`from` and `to` are needed (YYYY-MM-DD).");
  if (*from > *to) refuse("`from`은 `to`보다 늦을 수 없습니다.", "`from` must not be later than `to`.");
  const auto interval = parse_interval(http::query_text(request, "interval").value_or("daily"));
  if (!interval) {
    refuse("`interval`은 daily, weekly, monthly 중 하나여야 합니다.", "`interval` is daily, weekly or monthly.");
  }
  const auto limit = http::query_integer(request, "limit", 2, kMostPoints).value_or(kUsualPoints);
  return {user, *from, *to, *interval, static_cast<std::size_t>(limit)};
}

void write(json::Writer& writer, const Point& point) {
  writer.begin_object();
  writer.field("date", point.day);
  writer.field("amount", point.amount);
  writer.field("changeAmount", point.change);
  writer.key("changePercent");
  if (point.change_hundredths) {
    writer.decimal(*point.change_hundredths, 2);
  } else {
    writer.null();
  }
  writer.field("type", to_string(point.type));
  writer.end_object();
}

http::Response answer(const http::Request& request, const HistoryQuery& query, const std::vector<Point>& points,
                      const std::optional<time::Timestamp>& latest) {
  return http::envelope(request, 200, {"자산 시계열을 반환합니다.", "The history of the asset."},
                        [&](json::Writer& writer) {
                          writer.begin_object();
                          writer.field("userId", query.user);
                          writer.field("from", query.from);
                          writer.field("to", query.to);
                          writer.field("interval", to_string(query.interval));
                          writer.key("points");
                          writer.begin_array();
                          for (const auto& point : points) write(writer, point);
                          writer.end_array();
                          writer.field("latestChangedAt", latest);
                          writer.field("count", static_cast<std::int64_t>(points.size()));
                          writer.end_object();
                        });
}

}  // namespace

http::Response asset_history(storage::Database& database, time::Day today, const http::Request& request) {
  const auto query = parse(request);
  auto response = database.read([&](storage::Connection& connection) {
    if (relations::are_apart(connection, request.identity.user, query.user)) throw http::Error(accounts::kNoUser);
    http::unwrap(accounts::find_open_profile(connection, query.user, request.identity));
    const auto until = shown_until(connection, query.user, today);
    const auto series =
        last_of_each(query.interval, snapshots_of(connection, query.user, query.from, std::min(query.to, until)));
    return answer(request, query, thinned(with_changes(series), query.limit),
                  latest_change(connection, query.user, until));
  });

  const auto etag = http::entity_tag(response.body);
  if (http::names_entity_tag(request.header("If-None-Match"), etag)) {
    response.status = 304;
    response.body.clear();
  }
  response.header("ETag", etag).header("Cache-Control", "private, no-cache");
  return response;
}

}  // namespace dontgoback::core::assets
