#include <chrono>
#include <memory>
#include <optional>

#include "assets.hpp"
#include "daily.hpp"
#include "facts_handler.hpp"
#include "history_handler.hpp"
#include "refresh.hpp"
#include "refresh_handler.hpp"
#include "today_handler.hpp"
#include "today_job.hpp"

namespace dontgoback::core::assets {
namespace {

constexpr std::size_t kRefreshBody = 1024;
constexpr std::chrono::minutes kLookForMissed{5};

/// Makes up what waited: for a confirmed clock, or for the source of assets. Each node looks, and writes nothing while
/// there is nothing to do; who finds something takes the refresh's lease.
std::string make_up(jobs::Scheduler& scheduler, const DailyRefresh& daily, const jobs::Run& looking) {
  if (looking.stop.stop_requested() || !daily.is_behind()) return "nothing to do";
  const auto done = scheduler.run_now(kRefreshJob, [&](const jobs::Run& run) { return daily.make_up(run); });
  return done ? *done : "the refresh is running";
}

std::shared_ptr<const AssetRefresh> refresh_of(const Host& host, std::shared_ptr<ports::AssetSource> source) {
  return std::make_shared<const AssetRefresh>(host.database, std::move(source), host.clock, host.zone, host.metrics);
}

}  // namespace

void add_routes(Host& host, const http::Authenticator& sessions, const http::Authenticator& services,
                std::shared_ptr<ports::AssetSource> source) {
  auto& database = host.database;
  auto& scheduler = host.scheduler;
  const auto today = [&clock = host.clock, &zone = host.zone] { return zone.day_of(clock.now()); };
  const auto refresh = refresh_of(host, std::move(source));

  host.router.add(
      {http::Method::get, "/api/v1/users/{userId}/asset-histories",
       http::Access::account(sessions).as(http::RouteClass::read), http::Lane::query, http::kNoBody,
       [&database, today](const http::Request& request) { return asset_history(database, today(), request); }});
  host.router.add(
      {http::Method::get, "/api/v1/users/{userId}/asset-facts",
       http::Access::account(sessions).as(http::RouteClass::read), http::Lane::query, http::kNoBody,
       [&database, today](const http::Request& request) { return asset_facts(database, today(), request); }});
  host.router.add({http::Method::get, "/api/v1/assets/today",
                   http::Access::account(sessions).as(http::RouteClass::read), http::Lane::query, http::kNoBody,
                   [&host](const http::Request& request) {
                     return everybodys_day(host.database, host.clock, host.zone, request);
                   }});
  host.router.add({http::Method::post, "/msa/core/api/jobs/asset-refresh",
                   http::Access::internal_service(services, "job:run"), http::Lane::command, kRefreshBody,
                   [&scheduler, refresh, today](const http::Request& request) {
                     return run_refresh(scheduler, *refresh, today(), request);
                   }});
}

std::vector<jobs::Job> own_jobs(Host& host, const std::shared_ptr<ports::AssetSource>& source) {
  const auto daily = std::make_shared<const DailyRefresh>(host.database, source, host.clock, host.trust, host.zone,
                                                          refresh_of(host, source));
  std::vector<jobs::Job> all{
      {.name = std::string(kRefreshJob),
       .schedule = {.daily_at = kRefreshTime, .every = std::nullopt},
       .once_for_all_nodes = true,
       .work = [daily](const jobs::Run& run) { return daily->run(run); }},
      {.name = std::string(kMakeUpJob),
       .schedule = {.daily_at = std::nullopt, .every = kLookForMissed},
       .once_for_all_nodes = false,
       .work = [&scheduler = host.scheduler, daily](const jobs::Run& run) { return make_up(scheduler, *daily, run); }}};
  for (auto& job : today_jobs(host)) all.push_back(std::move(job));
  return all;
}

}  // namespace dontgoback::core::assets
