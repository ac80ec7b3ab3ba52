#include "endpoints/token.hpp"

#include <boost/describe.hpp>

#include "dontgoback/http/error.hpp"
#include "dontgoback/json/reader.hpp"
#include "endpoints/authenticated.hpp"
#include "endpoints/refusal.hpp"
#include "keys/timeline.hpp"

namespace dontgoback::auth {
namespace {

// Members are named as on the wire.
struct FirstReleaseRequest {
  std::string clientId;
  std::string clientSecret;
};
BOOST_DESCRIBE_STRUCT(FirstReleaseRequest, (), (clientId, clientSecret))

constexpr Failure kWrongCredentials{
    FailureKind::unauthenticated,
    {"클라이언트 ID 또는 시크릿이 올바르지 않습니다.", "The client id or secret is wrong."}};
constexpr Failure kTooOften{
    FailureKind::rate_limited,
    {"인증 실패가 너무 많습니다. 잠시 후 다시 시도해 주세요.", "Too many failed attempts. Please try again later."}};
constexpr Failure kNeedsProof{FailureKind::invalid,
                              {"이 클라이언트는 DPoP 증명이 필요합니다.", "This client must ask with a DPoP proof."}};

constexpr std::string_view kAction = "token";

/// The scopes asked for, all of which the client must have; all it has when it asks for none (RFC 6749 section 3.3).
std::string granted_scopes(const Client& client, const Form& form) {
  const auto asked = form.find("scope");
  if (!asked) return joined(client.scopes);
  const auto words = words_of(*asked);
  if (client.scopes.empty()) {
    throw Refusal(400, "invalid_scope", "no_scopes",
                  "this client was given no scopes; an operator gives it one with: clients change ID --scope=SCOPE");
  }
  if (words.empty())
    throw Refusal(400, "invalid_scope", "empty_scope", "scope must name a scope (RFC 6749 section 3.3)");
  for (const auto& scope : words) {
    if (!is_scope(scope) || !client.has_scope(scope)) {
      throw Refusal(400, "invalid_scope", "scope_not_given",
                    "the client may not have one of the scopes; it may ask for: " + joined(client.scopes));
    }
  }
  return joined(words);
}

/// RFC 8707 section 2.
std::string_view granted_audience(const Client& client, const Form& form) {
  const auto asked = form.find("resource");
  if (!asked || *asked == kDefaultAudience) return kDefaultAudience;
  for (const auto& audience : client.audiences) {
    if (audience == *asked) return audience;
  }
  throw Refusal(400, "invalid_target", "resource_not_given", "the client may not ask for tokens for this resource");
}

http::Response token_response(const std::string& token, std::string_view type, const std::string& scopes) {
  http::Response response;
  response.body.reserve(token.size() + 128);
  json::Writer writer(response.body);
  writer.begin_object();
  writer.field("access_token", token);
  writer.field("token_type", type);
  writer.field("expires_in", static_cast<std::int64_t>(std::chrono::seconds(kTokenLifetime).count()));
  if (!scopes.empty()) writer.field("scope", scopes);
  writer.end_object();
  response.header("Cache-Control", "no-store").header("Pragma", "no-cache");
  return response;
}

/// What the first release's clients send, rightly or wrongly: other JSON is no request of anybody's.
bool is_first_release(const http::Request& request) {
  if (!has_media_type(request, "application/json")) return false;
  const auto document = json::parse(request.body);
  return document && document->is_object() &&
         (document->get_object().contains("clientId") || document->get_object().contains("clientSecret"));
}

/// In the envelope, which those clients read.
http::Response first_release_failure(const http::Request& request, const Failure& failure) {
  auto enveloped = request;
  enveloped.failure_form = nullptr;
  return http::envelope(enveloped, http::status_of(failure.kind), failure.message);
}

Refusal no_proof() { return {400, "invalid_dpop_proof", "no_proof", "this client must send a DPoP proof"}; }

}  // namespace

TokenEndpoint::TokenEndpoint(const ClientAuthenticator& clients, const Issuer& issuer, const ProofVerifier& proofs,
                             Refusals& refusals, telemetry::Metrics& metrics)
    : clients_(clients),
      issuer_(issuer),
      proofs_(proofs),
      refusals_(refusals),
      issued_(metrics.counter("dontgoback_auth_tokens_total", "Access tokens issued.")) {}

http::Response TokenEndpoint::answer(const http::Request& request) const {
  if (is_first_release(request)) return answer_json(request);
  return refusals_.guard(kAction, request, [&] { return answer_form(request); });
}

http::Response TokenEndpoint::answer_form(const http::Request& request) const {
  need_form(request);
  const Form form(request.body);
  const auto type = form.needed("grant_type");
  if (type != "client_credentials") {
    throw Refusal(400, "unsupported_grant_type", "other_grant", "client_credentials is the one grant here");
  }
  const auto [snapshot, client] = authenticated(clients_, request, form);
  try {
    const auto scopes = granted_scopes(*client, form);
    const auto audience = granted_audience(*client, form);
    const auto key = proven_key(request, *client);
    const auto token = issuer_.issue(*snapshot, {client->id, scopes, audience, key});
    if (!token) throw try_again("tokens_denied", std::string(token.failure().message.en));
    issued_.add();
    return token_response(*token, key.empty() ? "Bearer" : "DPoP", scopes);
  } catch (Refusal& refusal) {
    refusal.client = client->id;
    throw;
  }
}

/// Empty: the request proves none, and need not.
std::string TokenEndpoint::proven_key(const http::Request& request, const Client& client) const {
  if (!ProofVerifier::present(request)) {
    if (client.dpop) throw no_proof();
    return {};
  }
  auto proof = proofs_.verify(request, std::nullopt, {client.id, {}});
  switch (proof.outcome) {
    case ProofResult::Outcome::good:
      return std::move(proof.thumbprint);
    case ProofResult::Outcome::full:
      throw try_again("too_many_proofs", proof.why);
    case ProofResult::Outcome::needs_nonce: {
      Refusal again(400, "use_dpop_nonce", "no_nonce", proof.why);
      again.dpop_nonce = std::move(proof.nonce);
      throw again;
    }
    case ProofResult::Outcome::refused:
    case ProofResult::Outcome::other_key:  // of none in particular
      break;
  }
  throw Refusal(400, "invalid_dpop_proof", "bad_proof", proof.why);
}

http::Response TokenEndpoint::answer_json(const http::Request& request) const {
  auto given = json::read<FirstReleaseRequest>(request.body);
  if (!given) return first_release_failure(request, given.failure());
  const auto result = clients_.authenticate(
      {Credentials::Method::client_secret_post, std::move(given->clientId), std::move(given->clientSecret), {}},
      request.client_address);
  if (const auto* failure = std::get_if<AuthenticationFailure>(&result)) {
    const auto refusal = refusal_of(*failure);
    refusals_.note(kAction, refusal, request);
    const bool slowed = failure->how == AuthenticationFailure::How::too_often;
    auto response = first_release_failure(request, slowed ? kTooOften : kWrongCredentials);
    response.reason = refusal.reason();
    if (slowed) return std::move(response).header("Retry-After", std::to_string(failure->off.count()));
    // RFC 9110 wants a challenge with every 401; a token is no way in here.
    return std::move(response).header("WWW-Authenticate", basic_challenge(refusal.error(), refusal.what()));
  }
  const auto& [snapshot, client] = std::get<Authenticated>(result);
  if (client->dpop) {
    auto refusal = no_proof();
    refusal.client = client->id;
    refusals_.note(kAction, refusal, request);
    return first_release_failure(request, kNeedsProof);
  }
  auto token = issuer_.issue(*snapshot, {client->id, joined(client->scopes), kDefaultAudience, {}});
  if (!token) return first_release_failure(request, token.failure()).header("Retry-After", "1");
  issued_.add();
  return http::text(200, *std::move(token)).header("Cache-Control", "no-store");
}

}  // namespace dontgoback::auth
