#include "dontgoback/json/writer.hpp"
#include "dontgoback/security/jose/jws.hpp"
#include "dontgoback/security/tokens/claims.hpp"
#include "endpoints/authenticated.hpp"
#include "endpoints/refusal.hpp"
#include "endpoints/token_status.hpp"

namespace dontgoback::auth {
namespace {

constexpr std::string_view kAction = "introspect";

http::Response uncached(std::string body) {
  http::Response response;
  response.body = std::move(body);
  response.header("Cache-Control", "no-store").header("Pragma", "no-cache");
  return response;
}

std::int64_t seconds(std::chrono::sys_seconds moment) {
  return static_cast<std::int64_t>(moment.time_since_epoch().count());
}

/// RFC 7662 section 2.2; `cnf` by RFC 9449 section 6.2.
std::string description_of(const security::Claims& claims, std::string_view token) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object();
  writer.field("active", true);
  writer.field("iss", claims.issuer);
  writer.field("sub", claims.subject);
  writer.field("client_id", claims.client_id);
  const auto jws = security::parse_jws(token);
  const auto read = jws ? security::read_claims(jws->payload) : std::nullopt;
  if (read && read->audience.size() == 1) writer.field("aud", read->audience.front());
  if (!claims.scopes.empty()) writer.field("scope", joined(claims.scopes));
  writer.field("iat", seconds(claims.issued_at));
  writer.field("exp", seconds(claims.expires_at));
  writer.field("jti", claims.jti);
  writer.field("token_type", claims.confirmation.empty() ? "Bearer" : "DPoP");
  if (!claims.confirmation.empty()) {
    writer.key("cnf");
    writer.begin_object();
    writer.field("jkt", claims.confirmation);
    writer.end_object();
  }
  writer.end_object();
  return body;
}

}  // namespace

IntrospectionEndpoint::IntrospectionEndpoint(const ClientAuthenticator& clients, const security::TokenVerifier& tokens,
                                             Refusals& refusals, const time::Clock& clock)
    : clients_(clients), tokens_(tokens), refusals_(refusals), clock_(clock) {}

http::Response IntrospectionEndpoint::answer(const http::Request& request) const {
  return refusals_.guard(kAction, request, [&] { return answer_form(request); });
}

http::Response IntrospectionEndpoint::answer_form(const http::Request& request) const {
  need_form(request);
  const Form form(request.body);
  const auto [snapshot, client] = authenticated(clients_, request, form);
  const auto token = form.needed("token");
  const auto claims = tokens_.verify(token);
  // Not a second longer than it says: the leeway is for verifiers whose clocks differ from ours.
  const bool active = claims && clock_.now() < (*claims)->expires_at && !snapshot->denied()->denies(**claims) &&
                      ((*claims)->client_id == client->id || client->has_scope(kIntrospect));
  return uncached(active ? description_of(**claims, token) : R"({"active":false})");
}

}  // namespace dontgoback::auth
