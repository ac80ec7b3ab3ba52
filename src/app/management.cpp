#include "management.hpp"

#include <unistd.h>

#include "dontgoback/http/language.hpp"
#include "job_states.hpp"
#include "readiness.hpp"

namespace dontgoback::app {
namespace {

http::Response ready(telemetry::HealthBoard& health, const std::atomic<bool>& draining, const http::Request& request) {
  const auto seen =
      draining ? Readiness{.draining = true, .report = {}} : Readiness{.draining = false, .report = health.look()};
  const int status = seen.works() ? 200 : 503;
  const auto accept = request.header("Accept");
  if (accept.find("application/json") != accept.npos) {
    auto response = http::text(status, to_json(seen));
    response.content_type = "application/json";
    return std::move(response).header("Vary", "Accept");
  }
  const auto language = request.header("Accept-Language");
  return http::text(status, to_text(seen, language.empty() ? http::Language::en : http::language_of(language)));
}

http::Response job_list(Runtime& runtime) {
  JobReport report{::getpid(), runtime.host().node.role, {}};
  for (const auto& state : runtime.scheduler().peek()) report.jobs.push_back(row_of(state));
  auto response = http::text(200, to_json(report));
  response.content_type = "application/json";
  return response;
}

http::Response metrics(const telemetry::Metrics& metrics) {
  auto response = http::text(200, metrics.text());
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  return response;
}

}  // namespace

void add_management_routes(http::Router& router, Runtime& runtime, const std::atomic<bool>& draining) {
  const auto get = [&router](std::string_view path, http::Lane lane, http::Handler handler) {
    router.add({http::Method::get, path, http::Access::anyone(), lane, http::kNoBody, std::move(handler)});
  };
  get("/livez", http::Lane::inline_, [](const http::Request&) { return http::text(200, "alive\n"); });
  // In the lane of many threads: while the database is silent, members' reads hold the others.
  get("/readyz", http::Lane::command,
      [&](const http::Request& request) { return ready(runtime.health(), draining, request); });
  get("/jobs", http::Lane::query, [&](const http::Request&) { return job_list(runtime); });
  get("/metrics", http::Lane::inline_, [&](const http::Request&) { return metrics(runtime.metrics()); });
}

}  // namespace dontgoback::app
