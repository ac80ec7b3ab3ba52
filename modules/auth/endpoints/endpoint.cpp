#include "endpoints/endpoint.hpp"

#include "endpoints/refusal.hpp"

namespace dontgoback::auth {

void Refusals::note(std::string_view action, const Refusal& refusal, const http::Request& request) {
  trail_.gather(action, refusal.client, request.client_address, refusal.error(), refusal.reason());
  const auto labels = "endpoint=\"" + std::string(action) + "\",error=\"" + std::string(refusal.error()) +
                      "\",reason=\"" + std::string(refusal.reason()) + '"';
  metrics_.counter("dontgoback_auth_refusals_total", "Requests that the auth server refused.", labels).add();
}

http::Response Refusals::guard(std::string_view action, const http::Request& request,
                               const std::function<http::Response()>& handler) {
  try {
    return handler();
  } catch (const Refusal& refusal) {
    note(action, refusal, request);
    return refused(refusal, request);
  }
}

}  // namespace dontgoback::auth
