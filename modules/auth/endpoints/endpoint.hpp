#pragma once

#include <functional>
#include <string_view>

#include "audit/trail.hpp"
#include "dontgoback/http/router.hpp"
#include "dontgoback/telemetry/metrics.hpp"

namespace dontgoback::auth {

/// What every OAuth endpoint does with refusals: answers them in the form of RFC 6749, counts them, and hands them to
/// the audit trail.
class Refusals {
 public:
  Refusals(AuditTrail& trail, telemetry::Metrics& metrics) : trail_(trail), metrics_(metrics) {}

  void note(std::string_view action, const class Refusal& refusal, const http::Request& request);
  /// The handler's answer, or its Refusal's.
  http::Response guard(std::string_view action, const http::Request& request,
                       const std::function<http::Response()>& handler);

 private:
  AuditTrail& trail_;
  telemetry::Metrics& metrics_;
};

}  // namespace dontgoback::auth
