#pragma once

#include <optional>

#include "dontgoback/http/response.hpp"
#include "http/server/browser_policy.hpp"
#include "http/server/exchange.hpp"
#include "http/server/settings.hpp"

namespace dontgoback::http {

/// What happens to a request besides input and output, in two halves: `check` with its head alone, `answer` when the
/// body is there. Stateless; any thread.
class Pipeline {
 public:
  explicit Pipeline(const ServerSettings& settings);
  /// Besides those of the settings; before the first request.
  void allow_origins(const std::vector<std::string>& origins) { browsers_.allow(origins); }

  /// Reads the request's head, finds its route. An answer when the request ends here.
  std::optional<Response> check(Exchange& exchange, const RouteTable& routes) const;

  /// Authenticates, checks rights and runs the handler. May block as they do. Every failure becomes an envelope.
  static Response answer(Exchange& exchange) noexcept;

 private:
  Response options(const Exchange& exchange, const PathRoutes& routes) const;

  BrowserPolicy browsers_;
  Networks trusted_proxies_;
  Networks internal_;
};

}  // namespace dontgoback::http
