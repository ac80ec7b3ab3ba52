#include "authentication/authenticator.hpp"

#include "dontgoback/security/crypto/equal_constant_time.hpp"
#include "dontgoback/security/crypto/hash.hpp"

namespace dontgoback::auth {
namespace {

using How = AuthenticationFailure::How;

}  // namespace

ClientAuthenticator::ClientAuthenticator(const Registry& registry, AssertionVerifier assertions, FailureLimit& limit,
                                         LastUses& uses)
    : registry_(registry), assertions_(std::move(assertions)), limit_(limit), uses_(uses) {}

Authentication ClientAuthenticator::authenticate(const Credentials& credentials, std::string_view address) const {
  auto snapshot = registry_.current();
  const auto* client = snapshot->find_client(credentials.client_id);
  auto failure = failure_of(client, credentials, address);
  if (failure) {
    if (client != nullptr) failure->client = client->id;
    return *std::move(failure);
  }
  limit_.succeeded(client->id, address);
  return Authenticated{std::move(snapshot), client};
}

std::optional<AuthenticationFailure> ClientAuthenticator::failure_of(const Client* client,
                                                                     const Credentials& credentials,
                                                                     std::string_view address) const {
  const Claimant claimant{is_client_id(credentials.client_id) ? std::string_view(credentials.client_id) : "",
                          client != nullptr};
  const auto wait = limit_.wait_for(claimant, address);
  if (wait && !limit_.is_judged(claimant, address)) return AuthenticationFailure{How::too_often, *wait};
  const auto wrong = [&](How how) {
    if (wait) return AuthenticationFailure{How::too_often, *wait};
    limit_.failed(claimant, address);
    return AuthenticationFailure{how};
  };
  if (credentials.method == Credentials::Method::private_key_jwt) {
    const auto claims = AssertionVerifier::signed_claims(client, credentials.assertion);
    if (!claims.claims) return wrong(claims.how);
    // Signed, so no guess, though it may not be good here and now.
    if (auto failure = assertions_.take(*client, *claims.claims)) return failure;
  } else if (!has_secret(client, credentials.secret)) {
    return wrong(How::wrong_secret);
  }
  // Only who could prove to be the client learns of it.
  return client->disabled_at ? std::optional(AuthenticationFailure{How::disabled}) : std::nullopt;
}

bool ClientAuthenticator::has_secret(const Client* client, std::string_view given) const {
  const auto digest = security::sha256(given);
  const Secret* matching = nullptr;
  if (client != nullptr) {
    for (const auto& secret : client->secrets) {
      if (security::equal_constant_time(security::bytes(secret.digest), security::bytes(digest))) matching = &secret;
    }
  }
  if (matching == nullptr) return false;
  if (matching->id != 0) uses_.note(matching->id);
  return true;
}

}  // namespace dontgoback::auth
