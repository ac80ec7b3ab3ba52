#include "endpoints/authenticated.hpp"
#include "endpoints/refusal.hpp"
#include "endpoints/token_status.hpp"
#include "keys/timeline.hpp"
#include "state/denial_store.hpp"
#include "state/version_store.hpp"

namespace dontgoback::auth {
namespace {

constexpr std::string_view kAction = "revoke";

http::Response done() {
  http::Response response;
  response.header("Cache-Control", "no-store").header("Pragma", "no-cache");
  return response;
}

}  // namespace

RevocationEndpoint::RevocationEndpoint(const ClientAuthenticator& clients, const security::TokenVerifier& tokens,
                                       Refusals& refusals, storage::Database& database, Registry& registry,
                                       AuditTrail& trail)
    : clients_(clients),
      tokens_(tokens),
      refusals_(refusals),
      database_(database),
      registry_(registry),
      trail_(trail) {}

http::Response RevocationEndpoint::answer(const http::Request& request) const {
  return refusals_.guard(kAction, request, [&] { return answer_form(request); });
}

http::Response RevocationEndpoint::answer_form(const http::Request& request) const {
  need_form(request);
  const Form form(request.body);
  const auto [snapshot, client] = authenticated(clients_, request, form);
  const auto verified = tokens_.verify(form.needed("token"));
  // A token that is not good any more needs no taking back (RFC 7009 section 2.2).
  if (!verified || snapshot->denied()->denies(**verified)) return done();
  const auto& claims = **verified;
  if (claims.client_id != client->id) {
    Refusal refusal(400, "unauthorized_client", "token_of_another", "the token was issued to another client");
    refusal.client = client->id;
    throw refusal;
  }

  const bool added = database_.write([&](storage::Connection& connection) {
    const Denial denial{Denial::Kind::token, claims.jti, {}, claims.expires_at + kLargestLeeway};
    if (!add_token_denial(connection, client->id, denial)) return false;
    note_change(connection);
    return true;
  });
  if (!added) throw try_again("deny_list_full", "too many tokens are revoked just now");
  registry_.refresh();
  trail_.gather(kAction, client->id, request.client_address, "revoked");
  return done();
}

}  // namespace dontgoback::auth
