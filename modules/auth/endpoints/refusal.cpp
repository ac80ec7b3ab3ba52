#include "endpoints/refusal.hpp"

#include "dontgoback/json/writer.hpp"
#include "resource_server/proof.hpp"

namespace dontgoback::auth {

http::Response refused(const Refusal& refusal) {
  http::Response response;
  response.status = refusal.status();
  json::Writer writer(response.body);
  writer.begin_object();
  writer.field("error", refusal.error());
  writer.field("error_description", refusal.what());
  writer.end_object();
  response.header("Cache-Control", "no-store").header("Pragma", "no-cache");
  if (refusal.status() == 401) {
    // RFC 9110 wants a challenge with every 401; Basic is the one HTTP scheme that clients may use here.
    response.header("WWW-Authenticate", "Basic realm=\"dontgoback\", charset=\"UTF-8\"");
  }
  if (refusal.retry_after) response.header("Retry-After", std::to_string(refusal.retry_after->count()));
  if (!refusal.dpop_nonce.empty()) response.header(kNonceField, refusal.dpop_nonce);
  return response;
}

Refusal invalid_client(const std::string& description) { return {401, "invalid_client", description}; }

Refusal too_many_failures(std::chrono::seconds wait) {
  Refusal refusal(429, "temporarily_unavailable",
                  "too many failed authentications from here; try again in " + std::to_string(wait.count()) + " s");
  refusal.retry_after = wait;
  return refusal;
}

Refusal try_again(const std::string& description) {
  Refusal refusal(503, "temporarily_unavailable", description);
  refusal.retry_after = std::chrono::seconds(1);
  return refusal;
}

}  // namespace dontgoback::auth
