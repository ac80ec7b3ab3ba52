#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/limits/limiter.hpp"
#include "dontgoback/telemetry/metrics.hpp"

namespace dontgoback::core::sign_in {

/// How many mails an address of the network may ask for in an hour, and a /48, how many go to one e-mail address, and
/// in total. What is counted for e-mail addresses is kept under a keyed hash, never as they are. Any thread.
class EmailLimit {
 public:
  EmailLimit(limits::Limiter& limiter, telemetry::Metrics& metrics);
  /// Counts one more, or answers that it is too many.
  std::optional<http::Response> refuse(const http::Request& request, std::string_view email) const;

 private:
  limits::Limiter& limiter_;
  const std::string key_;  // of this process: counts outlive none
  const std::array<telemetry::Counter*, 4> refused_;
};

}  // namespace dontgoback::core::sign_in
