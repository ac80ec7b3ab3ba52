#include <algorithm>

#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/json/reader.hpp"
#include "store.hpp"

namespace dontgoback::walk::goals {
namespace {

using storage::Connection;

constexpr std::size_t kSmallBody = 1024;

struct GoalBody {
  std::optional<std::int64_t> steps;
  std::optional<bool> shared;
  std::optional<bool> grace;
};
BOOST_DESCRIBE_STRUCT(GoalBody, (), (steps, shared, grace))

constexpr Failure kBadSteps{FailureKind::invalid, {"`steps`는 0에서 1000000까지입니다.", "`steps` is 0 to 1000000."}};
constexpr Failure kCursor{FailureKind::invalid, {"`lastWalkerId`는 UUID입니다.", "`lastWalkerId` is a UUID."}};

struct Parts {
  storage::Database& database;
  const time::Clock& clock;
};

walkers::Walker walker_of(Connection& connection, const http::Request& request) {
  auto walker = walkers::find(connection, request.identity.walker);
  if (!walker) throw http::Error(walkers::kNoWalker);
  return std::move(*walker);
}

/// What is chosen and holds, and how far the walker is today.
http::Response answer(Connection& connection, const Parts& parts, const http::Request& request,
                      const Message& message) {
  const auto walker = walker_of(connection, request);
  const auto today = steps::today_of(walker, parts.clock.now());
  const auto chosen = goal_on(connection, walker.id, today + std::chrono::days(1)).value_or(Goal{});
  const auto goal = goal_on(connection, walker.id, today).value_or(Goal{});
  const auto total = walked_on(connection, walker.id, today);
  const bool shared = is_shared(connection, walker.id).value_or(false);
  return http::envelope(request, 200, message, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("steps", chosen.steps);
    writer.field("shared", shared);
    writer.field("grace", chosen.grace);
    writer.key("today");
    writer.begin_object();
    writer.field("day", today);
    writer.field("goal", goal.steps);
    writer.field("steps", total);
    writer.field("reached", goal.steps > 0 && total >= goal.steps);
    writer.end_object();
    writer.end_object();
  });
}

http::Response get_goal(const Parts& parts, const http::Request& request) {
  return parts.database.read([&](Connection& connection) {
    return answer(connection, parts, request, {"하루 목표입니다.", "The goal of a day."});
  });
}

http::Response put_goal(const Parts& parts, const http::Request& request) {
  const auto body = http::unwrap(json::read<GoalBody>(request.body));
  if (body.steps && (*body.steps < 0 || *body.steps > kMostSteps)) throw http::Error(kBadSteps);
  return parts.database.write([&](Connection& connection) {
    if (!walkers::lock_walker(connection, request.identity.walker)) throw http::Error(walkers::kNoWalker);
    choose(connection, walker_of(connection, request), {body.steps, body.shared, body.grace}, parts.clock.now());
    return answer(connection, parts, request, {"하루 목표를 저장했습니다.", "The goal of a day was saved."});
  });
}

http::Response get_streak(const Parts& parts, const http::Request& request) {
  const auto found = parts.database.read([&](Connection& connection) {
    const auto walker = walker_of(connection, request);
    const auto today = steps::today_of(walker, parts.clock.now());
    const auto from = today - std::chrono::days(kDaysLooked);
    auto goals = goals_of(connection, walker.id, from);
    if (!goals.empty()) goals.front().from = std::max(goals.front().from, from);
    return streaks(goals, walked(connection, walker.id, from, today), today);
  });
  return http::envelope(request, 200, {"목표를 이어서 채운 날입니다.", "Days in a row with the goal reached."},
                        [&](json::Writer& writer) {
                          writer.begin_object();
                          writer.field("current", found.current);
                          writer.field("longest", found.longest);
                          writer.field("since", found.since);
                          writer.end_object();
                        });
}

void write_friend(json::Writer& writer, Connection& connection, const walkers::Walker& walker, time::Timestamp now) {
  const auto today = steps::today_of(walker, now);
  const auto goal = goal_on(connection, walker.id, today).value_or(Goal{});
  const auto total = walked_on(connection, walker.id, today);
  writer.begin_object();
  writer.field("walkerId", walkers::to_string(walker.uuid));
  writer.field("nickname", walker.nickname.empty() ? std::nullopt : std::optional(walker.nickname));
  writer.field("steps", goal.steps);
  writer.field("reached", goal.steps > 0 && total >= goal.steps);
  writer.end_object();
}

http::Response list_friends(const Parts& parts, const http::Request& request) {
  const auto last = http::query_text(request, "lastWalkerId");
  const auto after = last ? walkers::parse_uuid(*last) : std::nullopt;
  if (last && !after) throw http::Error(kCursor);
  const auto size = static_cast<std::size_t>(http::page_size(request));
  return parts.database.read([&](Connection& connection) {
    const auto all = sharing_friends(connection, request.identity.walker);
    auto next = after ? std::ranges::upper_bound(all, *after, {}, &walkers::Walker::uuid) : all.begin();
    return http::envelope(request, 200, {"친구들의 목표입니다.", "Friends' goals."}, [&](json::Writer& writer) {
      writer.begin_object();
      writer.key("goals");
      writer.begin_array();
      for (std::size_t i = 0; i < size && next != all.end(); ++i, ++next) {
        write_friend(writer, connection, *next, parts.clock.now());
      }
      writer.end_array();
      writer.end_object();
    });
  });
}

}  // namespace

void add_routes(Host& host, const http::Authenticator& sessions) {
  using http::kNoBody, http::Lane, http::Method, http::RouteClass;
  using Handle = http::Response (*)(const Parts&, const http::Request&);
  const Parts parts{host.database, host.clock};
  const auto add = [&](Method method, std::string_view path, RouteClass counts_as, std::size_t body, Handle handle) {
    host.router.add({method, path, http::Access::walker(sessions).as(counts_as),
                     method == Method::get ? Lane::query : Lane::command, body,
                     [parts, handle](const http::Request& request) { return handle(parts, request); }});
  };
  add(Method::get, "/api/v1/goals", RouteClass::read, kNoBody, get_goal);
  add(Method::put, "/api/v1/goals", RouteClass::write, kSmallBody, put_goal);
  add(Method::get, "/api/v1/goals/streak", RouteClass::read, kNoBody, get_streak);
  add(Method::get, "/api/v1/goals/friends", RouteClass::read, kNoBody, list_friends);
}

}  // namespace dontgoback::walk::goals
