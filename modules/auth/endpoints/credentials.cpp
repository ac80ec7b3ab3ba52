#include "endpoints/credentials.hpp"

#include "authentication/assertion.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/text/ascii.hpp"
#include "endpoints/refusal.hpp"

namespace dontgoback::auth {
namespace {

using Method = Credentials::Method;

constexpr std::string_view kAssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Id and secret of `Basic <base64 of id:secret>`, each form-encoded before (RFC 6749 section 2.3.1).
Credentials read_basic(std::string_view authorization) {
  static constexpr std::string_view kScheme = "Basic ";
  if (!text::starts_ignoring_case(authorization, kScheme))
    throw invalid_client("other_scheme", "Authorization must be Basic here");
  auto encoded = authorization.substr(kScheme.size());
  while (encoded.starts_with(' ')) encoded.remove_prefix(1);
  const auto pair = security::base64_decode(encoded);
  const auto colon = pair ? pair->find(':') : std::string::npos;
  if (colon == std::string::npos) throw invalid_client("malformed_basic", "Authorization is not Base64 of id:secret");
  auto id = http::form_decoded(std::string_view(*pair).substr(0, colon));
  auto secret = http::form_decoded(std::string_view(*pair).substr(colon + 1));
  if (!id || !secret)
    throw invalid_client("malformed_basic", "id and secret of Basic must be form-encoded (RFC 6749 section 2.3.1)");
  return {Method::client_secret_basic, std::move(*id), std::move(*secret), {}};
}

}  // namespace

Credentials read_credentials(const http::Request& request, const Form& form) {
  const auto fields = request.headers->count("Authorization");
  const auto secret = form.find("client_secret");
  const auto assertion = form.find("client_assertion");
  const auto type = form.find("client_assertion_type");
  if (fields > 1 || (fields == 1) + secret.has_value() + (assertion || type) > 1) {
    throw invalid_request("several_methods", "a request must use one way to authenticate the client");
  }
  const auto named = form.find("client_id");
  Credentials credentials;
  if (fields == 1) {
    credentials = read_basic(request.header("Authorization"));
  } else if (assertion || type) {
    if (!assertion || type != kAssertionType) {
      throw invalid_request("no_assertion_type",
                            "client_assertion needs client_assertion_type " + std::string(kAssertionType));
    }
    credentials = {Method::private_key_jwt, claimed_client(*assertion), {}, std::string(*assertion)};
    if (credentials.client_id.empty()) {
      throw invalid_client("no_assertion",
                           "the client assertion is no JWT with iss, sub and exp, signed RS256 or ES256");
    }
  } else if (secret) {
    credentials = {Method::client_secret_post, std::string(form.needed("client_id")), std::string(*secret), {}};
  } else {
    throw invalid_client("no_credentials", "the client must authenticate");
  }
  if (named && *named != credentials.client_id)
    throw invalid_request("other_client_id", "client_id is not who authenticates");
  return credentials;
}

}  // namespace dontgoback::auth
