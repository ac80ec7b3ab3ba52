#include "webauthn/cose_key.hpp"

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/jose/public_key.hpp"

namespace dontgoback::security::webauthn {
namespace {

// Labels and values of RFC 9052 section 7.1, RFC 9053 sections 2.1 and 7.1, RFC 8230 section 4, RFC 8812 section 2.
constexpr std::int64_t kType = 1, kAlgorithm = 3;
constexpr std::int64_t kEc2 = 2, kRsa = 3;
constexpr std::int64_t kEs256 = -7, kRs256 = -257;
constexpr std::int64_t kCurve = -1, kX = -2, kY = -3, kP256 = 1;
constexpr std::int64_t kModulus = -1, kExponent = -2;

std::optional<std::int64_t> number(const cbor::Value& key, std::int64_t label) {
  const auto* found = cbor::find(key, label);
  const auto* value = found == nullptr ? nullptr : found->if_is<std::int64_t>();
  return value == nullptr ? std::nullopt : std::optional(*value);
}

std::string encoded(const cbor::Value& key, std::int64_t label) {
  const auto* found = cbor::find(key, label);
  const auto* value = found == nullptr ? nullptr : found->if_is<cbor::Bytes>();
  return value == nullptr ? std::string() : base64url_encode(value->value);
}

std::optional<std::string> checked(const std::string& jwk) {
  const auto key = PublicKey::from_jwk(jwk);
  if (!key) return std::nullopt;
  return key->to_jwk();
}

}  // namespace

std::optional<std::string> jwk_of(const cbor::Value& cose_key) {
  const auto* members = cose_key.if_is<cbor::Map>();
  if (members == nullptr) return std::nullopt;
  const auto type = number(cose_key, kType);
  const auto algorithm = number(cose_key, kAlgorithm);
  if (type == kEc2 && algorithm == kEs256 && number(cose_key, kCurve) == kP256 && members->size() == 5) {
    return checked(R"({"kty":"EC","alg":"ES256","crv":"P-256","x":")" + encoded(cose_key, kX) + R"(","y":")" +
                   encoded(cose_key, kY) + "\"}");
  }
  if (type == kRsa && algorithm == kRs256 && members->size() == 4) {
    return checked(R"({"kty":"RSA","alg":"RS256","n":")" + encoded(cose_key, kModulus) + R"(","e":")" +
                   encoded(cose_key, kExponent) + "\"}");
  }
  return std::nullopt;
}

}  // namespace dontgoback::security::webauthn
