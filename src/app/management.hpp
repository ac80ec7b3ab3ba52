#pragma once

#include <atomic>

#include "dontgoback/http/router.hpp"
#include "runtime.hpp"

namespace dontgoback::app {

/// `/livez`: the process answers. `/readyz`: it can serve, and when it was backed up
/// last; 503 names what keeps it from it. `/metrics`: Prometheus
/// text. `draining` and `runtime` outlive the router.
void add_management_routes(http::Router& router, Runtime& runtime, const std::atomic<bool>& draining);

}  // namespace dontgoback::app
