#include "management.hpp"

namespace dontgoback::app {
namespace {

http::Response ready(Runtime& runtime, const std::atomic<bool>& draining) {
  std::string missing;
  if (draining) missing += " draining";
  if (runtime.has_database() && !runtime.database().reachable()) missing += " database";
  return missing.empty() ? http::text(200, "ready\n" + runtime.backup_watch().line())
                         : http::text(503, "not ready:" + missing + "\n");
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
  get("/readyz", http::Lane::query, [&](const http::Request&) { return ready(runtime, draining); });
  get("/metrics", http::Lane::inline_, [&](const http::Request&) { return metrics(runtime.metrics()); });
}

}  // namespace dontgoback::app
