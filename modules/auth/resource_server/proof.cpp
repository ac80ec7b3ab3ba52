#include "resource_server/proof.hpp"

#include <algorithm>

#include "dontgoback/http/method.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"
#include "dontgoback/security/tokens/skew.hpp"
#include "dontgoback/text/url.hpp"
#include "resource_server/proof_text.hpp"

namespace dontgoback::auth {
namespace {

using Outcome = ProofResult::Outcome;

constexpr std::string_view kField = "DPoP";

ProofResult refused(std::string_view why) { return {.why = std::string(why)}; }

std::vector<std::string> without_trailing_slashes(std::vector<std::string> urls) {
  for (auto& url : urls) {
    while (url.ends_with('/')) url.pop_back();
  }
  return urls;
}

}  // namespace

ProofVerifier::ProofVerifier(std::vector<std::string> urls, std::chrono::seconds leeway, ReplayMemory& memory,
                             const time::Clock& clock)
    : urls_(without_trailing_slashes(std::move(urls))),
      leeway_(leeway),
      memory_(memory),
      clock_(clock),
      nonce_(security::base64url_encode(security::random_bytes(16))) {}

bool ProofVerifier::present(const http::Request& request) { return request.headers->count(kField) != 0; }

ProofResult ProofVerifier::verify(const http::Request& request, std::optional<std::string_view> access_token,
                                  const Prover& prover) const {
  if (request.headers->count(kField) != 1) return refused("there is not exactly one DPoP field");
  const auto [proof, why] = read_proof(request.header(kField));
  if (!proof) return refused(why);
  const auto& claims = proof->claims;

  if (claims.htm != http::name_of(request.method)) return refused("htm of the proof is not this request's method");
  const auto htu = text::Url::parse(claims.htu);
  const bool here = htu && std::any_of(urls_.begin(), urls_.end(), [&](std::string url) {
                      const auto ours = text::Url::parse(url.append(request.path));
                      return ours && ours->normalized() == htu->normalized();
                    });
  if (!here) return refused("htu of the proof is not this request's URL");
  if (access_token && claims.ath != security::base64url_encode(security::bytes(security::sha256(*access_token)))) {
    return refused("ath of the proof is not the hash of the access token");
  }

  const auto now = clock_.now();
  const auto age_borne = std::max(leeway_, kTravel);
  if (auto measured = security::skew("iat", claims.issued_at, now, claims.issued_at > now ? leeway_ : age_borne)) {
    return refused(*measured);
  }
  if (!prover.thumbprint.empty() && proof->thumbprint != prover.thumbprint) {
    return {.outcome = Outcome::other_key, .why = "the proof is of another key than the token"};
  }
  if (claims.nonce != nonce_ && memory_.may_predate(claims.issued_at, leeway_)) {
    return {.outcome = Outcome::needs_nonce,
            .why = "the proof must have the nonce of the DPoP-Nonce field",
            .nonce = nonce_};
  }
  // Last, so that only what is good in every other way takes space. The key is part of the name: nobody can use up
  // another's. A client has as many keys as it likes to make, so the share is the client's where it is known.
  const std::string_view owner = prover.client.empty() ? std::string_view(proof->thumbprint) : prover.client;
  const auto ends = claims.issued_at + age_borne + std::chrono::seconds(1);
  switch (memory_.use(owner, "dpop " + proof->thumbprint + ' ' + claims.jti, ends)) {
    case ReplayMemory::Outcome::first:
      return {.outcome = Outcome::good, .thumbprint = proof->thumbprint};
    case ReplayMemory::Outcome::again:
      return refused("the proof was used before");
    case ReplayMemory::Outcome::full:
      break;
  }
  return {.outcome = Outcome::full, .why = "too many proofs are remembered just now"};
}

}  // namespace dontgoback::auth
