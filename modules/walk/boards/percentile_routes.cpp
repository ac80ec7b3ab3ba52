#include <boost/describe.hpp>

#include "dontgoback/http/error.hpp"
#include "dontgoback/json/reader.hpp"
#include "percentiles.hpp"

namespace dontgoback::walk::boards {
namespace {

constexpr std::size_t kSmallBody = 256;

struct Wish {
  bool optIn = false;
};
BOOST_DESCRIBE_STRUCT(Wish, (), (optIn))

http::Response shown(const http::Request& request, const Percentile& percentile) {
  return http::envelope(request, 200, {"오늘 걸음 수의 백분위입니다.", "Where you stand today."},
                        [&](json::Writer& writer) {
                          writer.begin_object();
                          writer.field("optIn", percentile.opted_in);
                          writer.field("percent", percentile.percent);
                          writer.end_object();
                        });
}

}  // namespace

void add_percentile_routes(Host& host, const http::Authenticator& sessions) {
  using http::Access, http::Lane, http::Method, http::RouteClass;
  auto& database = host.database;
  host.router.add({Method::get, "/api/v1/boards/percentile", Access::walker(sessions).as(RouteClass::read), Lane::query,
                   http::kNoBody, [&database](const http::Request& request) {
                     return shown(request, database.read([&](storage::Connection& connection) {
                       return percentile_of(connection, request.identity.walker);
                     }));
                   }});
  host.router.add({Method::put, "/api/v1/boards/percentile", Access::walker(sessions).as(RouteClass::write),
                   Lane::command, kSmallBody, [&database](const http::Request& request) {
                     const auto wish = http::unwrap(json::read<Wish>(request.body));
                     return shown(request, database.write([&](storage::Connection& connection) {
                       set_opted_in(connection, request.identity.walker, wish.optIn);
                       return percentile_of(connection, request.identity.walker);
                     }));
                   }});
}

jobs::Job percentiles_job(Host& host, const Settings& settings) {
  jobs::Job job;
  job.name = "walk-percentiles";
  job.schedule.every = std::chrono::hours(1);
  job.work = [&host, least = settings.least_confidence](const jobs::Run& run) {
    const auto many = renew_percentiles(host.database, {Period::today, host.clock.now(), least},
                                        [&run] { return !run.stop.stop_requested() && run.keep_alive(); });
    return std::to_string(many) + " walkers compared";
  };
  return job;
}

}  // namespace dontgoback::walk::boards
