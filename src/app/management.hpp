#pragma once

#include <array>
#include <atomic>
#include <string_view>

#include "dontgoback/http/router.hpp"
#include "runtime.hpp"

namespace dontgoback::app {

/// What machines ask every few seconds: in figures of what people ask it is left out.
inline constexpr std::array<std::string_view, 4> kManagementPaths{"/livez", "/readyz", "/metrics", "/jobs"};

/// `/livez`: the process answers. `/readyz`: it can serve; 503 names what keeps it from it, and notes follow in either
/// case (docs/readiness.md). `/metrics`: Prometheus text. `/jobs`: what runs by itself, as JSON, for `jobs list`.
/// `draining` and `runtime` outlive the router.
void add_management_routes(http::Router& router, Runtime& runtime, const std::atomic<bool>& draining);

}  // namespace dontgoback::app
