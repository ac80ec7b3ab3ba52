#include "jose/ecdsa.hpp"

#include <openssl/bn.h>
#include <openssl/ec.h>

#include "crypto/openssl.hpp"

namespace dontgoback::security {
namespace {

constexpr int kHalf = 32;

using EcdsaSignature = OpensslPtr<ECDSA_SIG, ECDSA_SIG_free>;

BIGNUM* number_of(const unsigned char* half) { return require(BN_bin2bn(half, kHalf, nullptr), "no memory"); }

}  // namespace

std::string ecdsa_to_der(std::string_view raw) {
  if (raw.size() != 2 * kHalf) return {};
  const auto* halves = reinterpret_cast<const unsigned char*>(raw.data());
  const EcdsaSignature signature(require(ECDSA_SIG_new(), "no memory"));
  require(ECDSA_SIG_set0(signature.get(), number_of(halves), number_of(halves + kHalf)), "no memory");
  std::string der(static_cast<std::size_t>(i2d_ECDSA_SIG(signature.get(), nullptr)), '\0');
  auto* at = reinterpret_cast<unsigned char*>(der.data());
  i2d_ECDSA_SIG(signature.get(), &at);
  return der;
}

std::string ecdsa_from_der(std::string_view der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const EcdsaSignature signature(
      require(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())), "a malformed signature"));
  std::string raw(2 * kHalf, '\0');
  auto* const halves = reinterpret_cast<unsigned char*>(raw.data());
  require(BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), halves, kHalf) == kHalf, "a malformed signature");
  require(BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), halves + kHalf, kHalf) == kHalf, "a malformed signature");
  return raw;
}

std::optional<std::string> read_ecdsa_der(std::string_view der) {
  // An octet for each of the two signs and four heads, and the sequence's own.
  constexpr std::size_t kMost = 2 * (kHalf + 3) + 2;
  if (der.size() > kMost) return std::nullopt;
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const EcdsaSignature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
  if (!signature) {
    ERR_clear_error();
    return std::nullopt;
  }
  const auto* r = ECDSA_SIG_get0_r(signature.get());
  const auto* s = ECDSA_SIG_get0_s(signature.get());
  if (BN_is_negative(r) || BN_is_negative(s) || BN_num_bytes(r) > kHalf || BN_num_bytes(s) > kHalf) return std::nullopt;
  auto raw = ecdsa_from_der(der);
  if (ecdsa_to_der(raw) != der) return std::nullopt;
  return raw;
}

}  // namespace dontgoback::security
