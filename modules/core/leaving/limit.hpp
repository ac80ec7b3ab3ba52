#pragma once

#include <array>
#include <optional>

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/limits/limiter.hpp"
#include "dontgoback/telemetry/metrics.hpp"

namespace dontgoback::core::leaving {

/// How many mails an account may ask for, and all of them. Any thread.
class MailLimit {
 public:
  MailLimit(limits::Limiter& limiter, telemetry::Metrics& metrics);
  /// Counts one more of who asks, or answers that it is too many.
  std::optional<http::Response> refuse(const http::Request& request) const;

 private:
  limits::Limiter& limiter_;
  const std::array<telemetry::Counter*, 2> refused_;
};

}  // namespace dontgoback::core::leaving
