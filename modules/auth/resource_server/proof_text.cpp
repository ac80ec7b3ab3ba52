#include "resource_server/proof_text.hpp"

#include <algorithm>
#include <boost/describe.hpp>

#include "dontgoback/security/jose/jws.hpp"
#include "dontgoback/security/jose/media_type.hpp"
#include "dontgoback/security/jose/numeric_date.hpp"
#include "dontgoback/security/jose/public_key.hpp"
#include "resource_server/proof.hpp"

namespace dontgoback::auth {
namespace {

// Members are named as on the wire.
struct Payload {
  std::string jti, htm, htu;
  security::NumericDate iat;
  std::optional<std::string> ath, nonce;
};
BOOST_DESCRIBE_STRUCT(Payload, (), (jti, htm, htu, iat, ath, nonce))

/// RFC 7518 sections 6.2.2, 6.3.2 and 6.4: whoever sends one of these has given a secret away.
bool has_private_member(const boost::json::object& members) {
  static constexpr std::string_view kPrivate[] = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"};
  return std::any_of(std::begin(kPrivate), std::end(kPrivate),
                     [&members](std::string_view name) { return members.contains(name); });
}

ProofReading refused(std::string_view why) { return {std::nullopt, why}; }

}  // namespace

ProofReading read_proof(std::string_view text) {
  if (text.size() > ProofVerifier::kMaxProof) return refused("the proof is too large");
  auto jws = security::parse_jws(text);
  if (!jws) return refused("the proof is no JWS signed with ES256 or RS256");
  if (!security::is_media_type(jws->typ, "dpop+jwt")) return refused("typ of the proof is not dpop+jwt");
  if (!jws->jwk) return refused("the proof has no jwk in its header");
  if (has_private_member(jws->jwk->get_object())) return refused("jwk of the proof holds a private key");
  const auto key = security::PublicKey::from_jwk(*jws->jwk);
  if (!key) return refused("jwk of the proof is neither RSA of 2048 to 4096 bit nor P-256");
  if (key->algorithm() != jws->algorithm) return refused("alg and jwk of the proof do not belong together");
  if (!key->verify(jws->signing_input, jws->signature)) return refused("the proof is not signed with its jwk");
  auto payload = json::read<Payload>(jws->payload);
  if (!payload) return refused("jti, htm, htu or iat of the proof is missing, or a claim has the wrong type");
  if (payload->jti.empty() || payload->jti.size() > ProofVerifier::kMaxJti) {
    return refused("jti of the proof has not 1 to 256 bytes");
  }
  return {ReadProof{key->thumbprint(),
                    {std::move(payload->jti), std::move(payload->htm), std::move(payload->htu), payload->iat.moment,
                     std::move(payload->ath).value_or(""), std::move(payload->nonce)}},
          {}};
}

}  // namespace dontgoback::auth
