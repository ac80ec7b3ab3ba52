#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <variant>

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/limits/limiter.hpp"
#include "dontgoback/telemetry/metrics.hpp"

namespace dontgoback::core::sign_in {

/// How many codes are typed in five minutes, which is the life of one: five from an address of the network, and so many
/// in total that hitting one of those shown stays a matter of luck. Any thread.
class HandOverLimit {
 public:
  HandOverLimit(limits::Limiter& limiter, telemetry::Metrics& metrics);
  /// Counts one more: how many the address has left, or the answer that it is too many.
  std::variant<std::int64_t, http::Response> take(const http::Request& request) const;

 private:
  limits::Limiter& limiter_;
  const std::array<telemetry::Counter*, 3> refused_;
};

}  // namespace dontgoback::core::sign_in
