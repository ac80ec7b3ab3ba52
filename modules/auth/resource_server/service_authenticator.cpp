#include "resource_server/service_authenticator.hpp"

#include "dontgoback/http/error.hpp"
#include "dontgoback/text/ascii.hpp"

namespace dontgoback::auth {
namespace {

constexpr Failure kNoToken{FailureKind::unauthenticated, {"인증이 필요합니다.", "An access token is needed."}};
constexpr Failure kOtherScheme{FailureKind::unauthenticated,
                               {"이 토큰의 인증 방식이 아닙니다.", "The access token is not one of this scheme."}};
constexpr Failure kBadProof{FailureKind::unauthenticated,
                            {"DPoP 증명이 유효하지 않습니다.", "The DPoP proof is not valid."}};
constexpr Failure kBusy{
    FailureKind::unavailable,
    {"요청이 많습니다. 잠시 후 다시 시도해 주세요.", "Too many requests just now. Please try again."}};

constexpr std::string_view kBearer = "Bearer";
constexpr std::string_view kDpop = "DPoP";

/// `SCHEME TOKEN` (RFC 9110 section 11.4).
struct Credentials {
  std::string_view scheme;  ///< kBearer or kDpop; empty: there are none for us
  std::string_view token;
};

Credentials credentials_of(const http::Request& request) {
  if (request.headers->count("Authorization") != 1) return {};
  const auto value = request.header("Authorization");
  const auto space = value.find(' ');
  const auto start = value.find_first_not_of(' ', space);
  if (space == std::string_view::npos || start == std::string_view::npos) return {};
  for (const auto scheme : {kBearer, kDpop}) {
    if (text::same_ignoring_case(value.substr(0, space), scheme)) {
      return {scheme, value.substr(start)};
    }
  }
  return {};
}

/// Both schemes, and nothing of an error to who brings nothing (RFC 6750 section 3.1).
std::string invitation() {
  return std::string(kBearer).append(", ").append(kDpop).append(" algs=\"").append(kProofAlgorithms).append("\"");
}

/// `why` is one of our own sentences, without quotes.
http::Error refusal(const Failure& failure, std::string_view scheme, std::string_view error, std::string_view why) {
  std::string challenge(scheme);
  challenge.append(" error=\"").append(error).append("\", error_description=\"").append(why).append("\"");
  if (scheme == kDpop) challenge.append(", algs=\"").append(kProofAlgorithms).append("\"");
  return http::Error(failure).header("WWW-Authenticate", std::move(challenge));
}

}  // namespace

Result<http::Identity> ServiceAuthenticator::authenticate(const http::Request& request) const {
  const auto [scheme, token] = credentials_of(request);
  if (scheme.empty()) throw http::Error(kNoToken).header("WWW-Authenticate", invitation());
  std::string why;
  const auto verified = tokens_->verify(token, &why);
  if (!verified) {
    if (verified.failure().kind != FailureKind::unauthenticated) return verified.failure();
    throw refusal(verified.failure(), scheme, "invalid_token", why);
  }
  const security::Claims& claims = **verified;
  const bool bound = !claims.confirmation.empty();
  if (bound != (scheme == kDpop)) {
    throw refusal(kOtherScheme, scheme, "invalid_token",
                  bound ? "the token is bound to a key and needs a DPoP proof" : "the token is not bound to a key");
  }
  if (bound) {
    const auto proof = proofs_.verify(request, token, {claims.client(), claims.confirmation});
    switch (proof.outcome) {
      case ProofResult::Outcome::good:
        break;
      case ProofResult::Outcome::full:
        return kBusy;
      case ProofResult::Outcome::needs_nonce:
        throw refusal(kBadProof, scheme, "use_dpop_nonce", proof.why).header(kNonceField, proof.nonce);
      case ProofResult::Outcome::refused:
        throw refusal(kBadProof, scheme, "invalid_dpop_proof", proof.why);
      case ProofResult::Outcome::other_key:
        throw refusal(kBadProof, scheme, "invalid_token", proof.why);
    }
  }

  http::Identity identity;
  identity.kind = http::Identity::Kind::service;
  identity.client_id = claims.client();
  identity.scopes = claims.scopes;
  return identity;
}

}  // namespace dontgoback::auth
