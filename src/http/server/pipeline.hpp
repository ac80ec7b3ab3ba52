#pragma once

#include <memory>
#include <optional>

#include "dontgoback/http/response.hpp"
#include "http/server/admission.hpp"
#include "http/server/browser_policy.hpp"
#include "http/server/exchange.hpp"
#include "http/server/settings.hpp"

namespace dontgoback::http {

/// What happens to a request besides input and output, in three steps: `check` and `admit` with its head alone,
/// `handle` when the body is there. A step that answers is the last. Any thread.
class Pipeline {
 public:
  Pipeline(const ServerSettings& settings, telemetry::Metrics& metrics);
  /// Besides those of the settings; before the first request.
  void allow_origins(const std::vector<std::string>& origins) { browsers_.allow(origins); }

  /// Reads the request's head, finds its route. An answer when the request ends here.
  std::optional<Response> check(Exchange& exchange, const RouteTable& routes) const;

  /// Authenticates, then decides with what is known of the request but its body whether it goes on, and takes what it
  /// costs of the shares that its route counts on. May block as
  /// authenticators do, unless the route needs none. Every failure becomes an envelope.
  std::optional<Response> admit(Exchange& exchange) const noexcept;

  /// Runs the handler. May block as it does. Every failure becomes an envelope.
  Response handle(const Exchange& exchange) const noexcept;

 private:
  Response options(const Exchange& exchange, const PathRoutes& routes) const;

  BrowserPolicy browsers_;
  Networks trusted_proxies_;
  Networks internal_;
  const std::unique_ptr<Admission> admission_;
};

}  // namespace dontgoback::http
