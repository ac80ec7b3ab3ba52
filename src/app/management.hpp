#pragma once

#include <atomic>

#include "dontgoback/http/router.hpp"
#include "runtime.hpp"

namespace dontgoback::app {

/// `/livez`: the process answers. `/readyz`: it can serve; 503 names what keeps it from it, and notes follow in either
/// case (docs/readiness.md). `/metrics`: Prometheus text. `/jobs`: what runs by itself, as JSON, for `jobs list`.
/// `draining` and `runtime` outlive the router.
void add_management_routes(http::Router& router, Runtime& runtime, const std::atomic<bool>& draining);

}  // namespace dontgoback::app
