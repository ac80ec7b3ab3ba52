#include "jose/jwk.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <boost/describe.hpp>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/jose/algorithm.hpp"

namespace dontgoback::security {
namespace {

constexpr int kMinRsaBits = 2048;
constexpr int kMaxRsaBits = 4096;  // verification grows with the square: a bound on what a key set can cost us
constexpr std::size_t kMaxExponentBytes = 4;
constexpr std::size_t kCoordinate = 32;
constexpr std::size_t kMaxKid = 256;

using BigNumber = OpensslPtr<BIGNUM, BN_free>;
using ParameterBuilder = OpensslPtr<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using Parameters = OpensslPtr<OSSL_PARAM, OSSL_PARAM_free>;

BigNumber number_of(const EVP_PKEY* key, const char* name) {
  BIGNUM* number = nullptr;
  require(EVP_PKEY_get_bn_param(key, name, &number), "a key without its numbers");
  return BigNumber(number);
}

BigNumber number_of(std::string_view bytes) {
  return BigNumber(
      require(BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()), nullptr),
              "no memory"));
}

/// Big-endian, filled up with zeros to `width` bytes; as short as possible when that is 0.
std::string encoded(const BIGNUM* number, std::size_t width) {
  std::string bytes(width == 0 ? static_cast<std::size_t>(BN_num_bytes(number)) : width, '\0');
  require(BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size())) >= 0,
          "a number too large for its field");
  return base64url_encode(bytes);
}

bool usable_rsa(const EVP_PKEY* key) {
  const auto modulus = number_of(key, OSSL_PKEY_PARAM_RSA_N);
  const auto exponent = number_of(key, OSSL_PKEY_PARAM_RSA_E);
  const int bits = BN_num_bits(modulus.get());
  return bits >= kMinRsaBits && bits <= kMaxRsaBits && BN_is_odd(modulus.get()) && BN_is_odd(exponent.get()) &&
         BN_num_bytes(exponent.get()) <= static_cast<int>(kMaxExponentBytes) && BN_get_word(exponent.get()) >= RSA_F4;
}

bool is_p256(const EVP_PKEY* key) {
  char name[64];
  std::size_t length = 0;
  return EVP_PKEY_get_group_name(key, name, sizeof name, &length) == 1 &&
         std::string_view(name, length) == SN_X9_62_prime256v1;
}

/// A key of the parameters; null when OpenSSL finds them wrong (a point that is not on the curve).
Pkey key_from(const char* type, OSSL_PARAM_BLD* builder) {
  const Parameters parameters(require(OSSL_PARAM_BLD_to_param(builder), "no memory"));
  const PkeyContext context(require(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr), "no such key type"));
  require(EVP_PKEY_fromdata_init(context.get()), "no keys from numbers");
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) ERR_clear_error();
  return Pkey(key);
}

struct Jwk {
  std::string kty;
  std::optional<std::string> use, alg, kid, crv, n, e, x, y;
  std::optional<std::vector<std::string>> key_ops;
};
BOOST_DESCRIBE_STRUCT(Jwk, (), (kty, use, alg, kid, crv, n, e, x, y, key_ops))

/// RFC 7517 sections 4.2 to 4.4.
bool meant_for(const Jwk& jwk, Algorithm algorithm) {
  return jwk.use.value_or("sig") == "sig" && jwk.alg.value_or(std::string(name_of(algorithm))) == name_of(algorithm) &&
         (!jwk.key_ops || std::find(jwk.key_ops->begin(), jwk.key_ops->end(), "verify") != jwk.key_ops->end());
}

std::optional<JwkMembers> members_of(Jwk& jwk) {
  if (jwk.kty == "RSA" && jwk.n && jwk.e && meant_for(jwk, Algorithm::rs256)) {
    return JwkMembers{Algorithm::rs256, *std::move(jwk.n), *std::move(jwk.e)};
  }
  if (jwk.kty == "EC" && jwk.crv == "P-256" && jwk.x && jwk.y && meant_for(jwk, Algorithm::es256)) {
    return JwkMembers{Algorithm::es256, *std::move(jwk.x), *std::move(jwk.y)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<NamedJwk> read_jwk(const boost::json::value& json) {
  Jwk jwk;
  if (!json::detail::read(json, jwk) || (jwk.kid && jwk.kid->size() > kMaxKid)) return std::nullopt;
  auto members = members_of(jwk);
  if (!members) return std::nullopt;
  return NamedJwk{*std::move(members), jwk.kid.value_or("")};
}

std::optional<Algorithm> algorithm_of(const EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "RSA") == 1 && usable_rsa(key)) return Algorithm::rs256;
  if (EVP_PKEY_is_a(key, "EC") == 1 && is_p256(key)) return Algorithm::es256;
  ERR_clear_error();
  return std::nullopt;
}

JwkMembers members_of(const EVP_PKEY* key, Algorithm algorithm) {
  if (algorithm == Algorithm::rs256) {
    return {algorithm, encoded(number_of(key, OSSL_PKEY_PARAM_RSA_N).get(), 0),
            encoded(number_of(key, OSSL_PKEY_PARAM_RSA_E).get(), 0)};
  }
  return {algorithm, encoded(number_of(key, OSSL_PKEY_PARAM_EC_PUB_X).get(), kCoordinate),
          encoded(number_of(key, OSSL_PKEY_PARAM_EC_PUB_Y).get(), kCoordinate)};
}

Pkey key_of(const JwkMembers& members) {
  const auto first = base64url_decode(members.first);
  const auto second = base64url_decode(members.second);
  if (!first || !second) return nullptr;
  const ParameterBuilder builder(require(OSSL_PARAM_BLD_new(), "no memory"));
  if (members.algorithm == Algorithm::rs256) {
    if (first->size() > kMaxRsaBits / 8 || second->size() > kMaxExponentBytes) return nullptr;
    const auto n = number_of(*first);
    const auto e = number_of(*second);
    require(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()), "no memory");
    require(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()), "no memory");
    return key_from("RSA", builder.get());
  }
  if (first->size() != kCoordinate || second->size() != kCoordinate) return nullptr;
  const auto point = "\x04" + *first + *second;  // uncompressed, SEC 1 section 2.3.3
  require(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, SN_X9_62_prime256v1, 0),
          "no memory");
  require(OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
          "no memory");
  return key_from("EC", builder.get());
}

std::string thumbprint(const JwkMembers& members) {
  const auto text =
      members.algorithm == Algorithm::rs256
          ? R"({"e":")" + members.second + R"(","kty":"RSA","n":")" + members.first + R"("})"
          : R"({"crv":"P-256","kty":"EC","x":")" + members.first + R"(","y":")" + members.second + R"("})";
  return base64url_encode(bytes(sha256(text)));
}

std::string to_jwk(const JwkMembers& members, std::string_view kid) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  const bool rsa = members.algorithm == Algorithm::rs256;
  writer.field("kty", rsa ? "RSA" : "EC");
  writer.field("use", "sig");
  writer.field("alg", name_of(members.algorithm));
  writer.field("kid", kid);
  if (!rsa) writer.field("crv", "P-256");
  writer.field(rsa ? "n" : "x", members.first);
  writer.field(rsa ? "e" : "y", members.second);
  writer.end_object();
  return text;
}

}  // namespace dontgoback::security
