#include "boards.hpp"

#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "group_board.hpp"
#include "json.hpp"
#include "streams.hpp"

namespace dontgoback::walk::boards {
namespace {

constexpr Failure kPeriod{FailureKind::invalid,
                          {"period는 today, week, month 가운데 하나여야 합니다.", "period is today, week or month."}};

Period period_of(const http::Request& request) {
  const auto period = parse_period(http::query_text(request, "period").value_or("today"));
  if (!period) throw http::Error(kPeriod);
  return *period;
}

}  // namespace

void Settings::declare(config::Options& options) {
  options.integer("--walk-least-confidence", least_confidence, 0, 100,
                  "Days of steps with less confidence than this stand below the line on boards, without a rank");
}

Boards::Boards(Host& host, const http::Authenticator& sessions, GoesOn goes_on, const Settings& settings)
    : clock_(host.clock),
      settings_(settings),
      streams_(std::make_unique<Streams>(host, std::move(goes_on), settings.least_confidence)) {
  using http::Access, http::Lane, http::Method, http::RouteClass;
  auto& database = host.database;
  add_percentile_routes(host, sessions);
  host.router.add({Method::get, "/api/v1/boards/friends", Access::walker(sessions).as(RouteClass::read), Lane::query,
                   http::kNoBody, [this, &database](const http::Request& request) {
                     const auto period = period_of(request);
                     const auto board = database.read([&](storage::Connection& connection) {
                       return of_friends(connection, request.identity.walker, period);
                     });
                     return http::envelope(request, 200,
                                           {"친구들과 견준 걸음 수입니다.", "Your steps and your friends'."},
                                           [&](json::Writer& writer) { write(writer, board); });
                   }});
  host.router.add({Method::get, "/api/v1/boards/groups/{groupId}", Access::walker(sessions).as(RouteClass::read),
                   Lane::query, http::kNoBody, [this, &database](const http::Request& request) {
                     const Looking looking{period_of(request), clock_.now(), settings_.least_confidence};
                     const auto walker = request.identity.walker;
                     const auto group = database.read([&](storage::Connection& connection) {
                       return groups::find_of_member(connection, request.path_parameter("groupId"), walker);
                     });
                     if (!group) throw http::Error(groups::kNoGroup);
                     const auto board = group_board(database, *group, walker, looking);
                     return http::envelope(request, 200, {"그룹의 걸음 수입니다.", "The group's steps."},
                                           [&](json::Writer& writer) { write(writer, board); });
                   }});
  host.router.add({Method::get, "/api/v1/boards/friends/stream", Access::walker(sessions).as(RouteClass::read),
                   Lane::query, http::kNoBody,
                   [this](const http::Request& request) { return streams_->answer(request, period_of(request)); }});
}

Boards::~Boards() = default;

Board Boards::of_friends(storage::Connection& connection, WalkerId walker, Period period) const {
  return friends_board(connection, walker, {period, clock_.now(), settings_.least_confidence});
}

}  // namespace dontgoback::walk::boards
