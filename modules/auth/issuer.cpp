#include "issuer.hpp"

#include "dontgoback/json/writer.hpp"
#include "dontgoback/security/hash.hpp"

namespace dontgoback::auth {

std::string Issuer::issue(std::string_view client_id, std::string_view scopes) const {
  const auto now = std::chrono::floor<std::chrono::seconds>(clock_.now());
  const auto seconds = [](auto moment) { return static_cast<std::int64_t>(moment.time_since_epoch().count()); };
  std::string claims;
  json::Writer writer(claims);
  writer.begin_object();
  writer.field("iss", url_);
  writer.field("sub", client_id);
  writer.field("client_id", client_id);
  writer.field("aud", "urn:dontgoback");
  writer.field("iat", seconds(now));
  writer.field("exp", seconds(now + kLifetime));
  writer.field("jti", security::base64url_encode(security::random_bytes(16)));
  writer.field("scope", scopes);
  writer.end_object();
  return key_.sign("at+jwt", claims);
}

}  // namespace dontgoback::auth
