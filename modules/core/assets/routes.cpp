#include "core/routes.hpp"

#include <chrono>
#include <memory>
#include <optional>

#include "history_handler.hpp"
#include "refresh.hpp"
#include "refresh_handler.hpp"

namespace dontgoback::core {
namespace {

constexpr std::chrono::minutes kRefreshTime = std::chrono::hours(3);
constexpr std::size_t kRefreshBody = 1024;

auto today_of(const Host& host) {
  return [&clock = host.clock, &zone = host.zone] { return zone.day_of(clock.now()); };
}

std::shared_ptr<AssetRefresh> refresh_of(const Host& host) {
  return std::make_shared<AssetRefresh>(host.database, host.ports.assets, host.clock, host.metrics);
}

}  // namespace

void add_asset_routes(Host& host, const http::Authenticator& sessions) {
  auto& database = host.database;
  auto& scheduler = host.scheduler;
  const auto today = today_of(host);
  const auto refresh = refresh_of(host);

  host.router.add({http::Method::get, "/api/v1/users/{userId}/asset-histories", http::Access::account(sessions),
                   http::Lane::query, http::kNoBody,
                   [&database](const http::Request& request) { return asset_history(database, request); }});
  host.router.add({http::Method::post, "/msa/core/api/jobs/asset-refresh",
                   http::Access::internal_service(host.services, "job:run"), http::Lane::command, kRefreshBody,
                   [&scheduler, refresh, today](const http::Request& request) {
                     return run_refresh(scheduler, *refresh, today(), request);
                   }});
}

jobs::Job asset_job(Host& host) {
  const auto today = today_of(host);
  const auto refresh = refresh_of(host);
  return {.name = std::string(kRefreshJob),
          .schedule = {.daily_at = kRefreshTime, .every = std::nullopt},
          .once_for_all_nodes = true,
          .work = [refresh, today](const jobs::Run& run) {
            const auto day = today();
            const auto result = refresh->run(day, run);
            // A failed run is tried again by the scheduler, and does only what is left.
            if (result.failed > 0) throw Unavailable(to_string(day, result));
            return to_string(day, result);
          }};
}

}  // namespace dontgoback::core
