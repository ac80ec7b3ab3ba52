#pragma once

#include <array>
#include <optional>

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/limits/limiter.hpp"
#include "dontgoback/telemetry/metrics.hpp"

namespace dontgoback::core::sign_in {

/// How many guests come from an address, from a /48 (4 times as many) and in total (100 times). Any thread.
class GuestLimit {
 public:
  /// 0: as many as come.
  GuestLimit(limits::Limiter& limiter, telemetry::Metrics& metrics, int per_hour);
  /// Counts one more, or answers that it is too many.
  std::optional<http::Response> refuse(const http::Request& request) const;

 private:
  limits::Limiter& limiter_;
  const limits::Rate address_, site_, total_;
  const std::array<telemetry::Counter*, 3> refused_;
};

}  // namespace dontgoback::core::sign_in
