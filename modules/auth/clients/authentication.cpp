#include "clients/authentication.hpp"

#include <algorithm>

#include "dontgoback/text/ascii.hpp"
#include "endpoints/refusal.hpp"

namespace dontgoback::auth {
namespace {

using Method = Credentials::Method;

constexpr std::string_view kAssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

constexpr char kWrong[] = "the client's id or its credentials are wrong";

/// Id and secret of `Basic <base64 of id:secret>`, each form-encoded before (RFC 6749 section 2.3.1).
Credentials read_basic(std::string_view authorization) {
  static constexpr std::string_view kScheme = "Basic ";
  if (!text::starts_ignoring_case(authorization, kScheme)) throw invalid_client("Authorization must be Basic here");
  auto encoded = authorization.substr(kScheme.size());
  while (encoded.starts_with(' ')) encoded.remove_prefix(1);
  const auto pair = security::base64_decode(encoded);
  const auto colon = pair ? pair->find(':') : std::string::npos;
  if (colon == std::string::npos) throw invalid_client("Authorization is not Base64 of id:secret");
  auto id = http::form_decoded(std::string_view(*pair).substr(0, colon));
  auto secret = http::form_decoded(std::string_view(*pair).substr(colon + 1));
  if (!id || !secret) throw invalid_client("id and secret of Basic must be form-encoded (RFC 6749 section 2.3.1)");
  return {Method::client_secret_basic, std::move(*id), std::move(*secret), {}};
}

}  // namespace

Credentials read_credentials(const http::Request& request, const Form& form) {
  const auto fields = request.headers->count("Authorization");
  const auto secret = form.find("client_secret");
  const auto assertion = form.find("client_assertion");
  const auto type = form.find("client_assertion_type");
  if (fields > 1 || (fields == 1) + secret.has_value() + (assertion || type) > 1) {
    throw invalid_request("a request must use one way to authenticate the client");
  }
  const auto named = form.find("client_id");
  Credentials credentials;
  if (fields == 1) {
    credentials = read_basic(request.header("Authorization"));
  } else if (assertion || type) {
    if (!assertion || type != kAssertionType) {
      throw invalid_request("client_assertion needs client_assertion_type " + std::string(kAssertionType));
    }
    credentials = {Method::private_key_jwt, claimed_client(*assertion), {}, std::string(*assertion)};
    if (credentials.client_id.empty()) {
      throw invalid_client("the client assertion is no JWT with iss, sub and exp, signed RS256 or ES256");
    }
  } else if (secret) {
    credentials = {Method::client_secret_post, std::string(form.needed("client_id")), std::string(*secret), {}};
  } else {
    throw invalid_client("the client must authenticate");
  }
  if (named && *named != credentials.client_id) throw invalid_request("client_id is not who authenticates");
  return credentials;
}

ClientAuthenticator::ClientAuthenticator(const Registry& registry, AssertionVerifier assertions, FailureLimit& limit,
                                         LastUses& uses)
    : registry_(registry), assertions_(std::move(assertions)), limit_(limit), uses_(uses) {}

Authenticated ClientAuthenticator::authenticate(const Credentials& credentials, std::string_view address) const {
  auto snapshot = registry_.current();
  const auto* client = snapshot->find_client(credentials.client_id);
  const std::string_view counted = is_client_id(credentials.client_id) ? credentials.client_id : std::string_view{};
  try {
    if (const auto wait = limit_.wait_for(counted, address)) throw too_many_failures(*wait);
    const auto claims = [&] {
      try {
        return prove(client, credentials);
      } catch (const Refusal&) {
        limit_.failed(counted, address);
        throw;
      }
    }();
    if (claims) assertions_.take(*client, *claims);
    // Only who could prove to be the client learns of it.
    if (client->disabled_at) throw invalid_client("this client is disabled");
  } catch (Refusal& refusal) {
    if (client != nullptr) refusal.client = client->id;
    throw;
  }
  limit_.succeeded(client->id, address);
  return {std::move(snapshot), client};
}

std::optional<security::AssertionClaims> ClientAuthenticator::prove(const Client* client,
                                                                    const Credentials& credentials) const {
  if (credentials.method == Method::private_key_jwt) {
    // Whether there is such a client, and whether it has keys, is nobody's business.
    if (client == nullptr || client->keys.empty()) throw invalid_client("the client assertion's signature is not good");
    return AssertionVerifier::signed_claims(*client, credentials.assertion);
  }
  const auto digest = security::sha256(credentials.secret);
  const Secret* matching = nullptr;
  if (client != nullptr) {
    for (const auto& secret : client->secrets) {
      if (security::equal_constant_time(security::bytes(secret.digest), security::bytes(digest))) matching = &secret;
    }
  }
  if (matching == nullptr) throw invalid_client(kWrong);
  if (matching->id != 0) uses_.note(matching->id);
  return std::nullopt;
}

}  // namespace dontgoback::auth
