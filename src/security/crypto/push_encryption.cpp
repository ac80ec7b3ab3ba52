#include "dontgoback/security/crypto/push_encryption.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>

#include "crypto/openssl.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"

namespace dontgoback::security {
namespace {

constexpr std::size_t kPoint = 65;
constexpr std::size_t kScalar = 32;
constexpr std::size_t kSalt = 16;
constexpr std::size_t kKey = 16;
constexpr std::size_t kNonce = 12;
constexpr std::size_t kTag = 16;

using Bignum = OpensslPtr<BIGNUM, BN_clear_free>;
using Group = OpensslPtr<EC_GROUP, EC_GROUP_free>;
using Point = OpensslPtr<EC_POINT, EC_POINT_free>;
using Builder = OpensslPtr<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using Parameters = OpensslPtr<OSSL_PARAM, OSSL_PARAM_free>;
using Kdf = OpensslPtr<EVP_KDF, EVP_KDF_free>;
using KdfContext = OpensslPtr<EVP_KDF_CTX, EVP_KDF_CTX_free>;
using Cipher = OpensslPtr<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

const unsigned char* data(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
unsigned char* data(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

/// A key of the point, with the private half where there is one. Null when the point is none.
Pkey key_of(std::string_view point, const BIGNUM* private_half = nullptr) {
  const Builder builder(require(OSSL_PARAM_BLD_new(), "no memory"));
  require(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0), "no memory");
  require(OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
          "no memory");
  if (private_half != nullptr) {
    require(OSSL_PARAM_BLD_push_BN_pad(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, private_half, kScalar), "no memory");
  }
  const Parameters parameters(require(OSSL_PARAM_BLD_to_param(builder.get()), "no memory"));
  const PkeyContext context(require(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr), "no EC"));
  require(EVP_PKEY_fromdata_init(context.get()), "EC");
  EVP_PKEY* key = nullptr;
  const auto selection = private_half != nullptr ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
  if (EVP_PKEY_fromdata(context.get(), &key, selection, parameters.get()) != 1) ERR_clear_error();
  return Pkey(key);
}

Pkey key_of_private(std::string_view scalar) {
  const Group group(require(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1), "no P-256"));
  const Bignum number(require(BN_bin2bn(data(scalar), static_cast<int>(scalar.size()), nullptr), "no memory"));
  const Point point(require(EC_POINT_new(group.get()), "no memory"));
  require(EC_POINT_mul(group.get(), point.get(), number.get(), nullptr, nullptr, nullptr), "P-256");
  std::string bytes(kPoint, '\0');
  require(EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, data(bytes), bytes.size(),
                             nullptr) == kPoint,
          "P-256");
  return Pkey(require(key_of(bytes, number.get()).release(), "the key is none of P-256"));
}

std::string point_of(EVP_PKEY* key) {
  std::string bytes(kPoint, '\0');
  std::size_t length = 0;
  require(EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, data(bytes), bytes.size(), &length), "P-256");
  require(length == kPoint, "P-256");
  return bytes;
}

std::string agree(EVP_PKEY* own, EVP_PKEY* theirs) {
  const PkeyContext context(require(EVP_PKEY_CTX_new(own, nullptr), "no memory"));
  require(EVP_PKEY_derive_init(context.get()), "ECDH");
  require(EVP_PKEY_derive_set_peer(context.get(), theirs), "ECDH");
  std::string secret(kScalar, '\0');
  std::size_t length = secret.size();
  require(EVP_PKEY_derive(context.get(), data(secret), &length), "ECDH");
  return secret;
}

/// RFC 5869 with SHA-256.
std::string hkdf(std::string_view salt, std::string_view secret, std::string_view info, std::size_t length) {
  static EVP_KDF* const algorithm = require(EVP_KDF_fetch(nullptr, "HKDF", nullptr), "no HKDF");
  const KdfContext context(require(EVP_KDF_CTX_new(algorithm), "no memory"));
  char digest[] = "SHA256";
  const auto octets = [](const char* name, std::string_view bytes) {
    return OSSL_PARAM_construct_octet_string(name, const_cast<char*>(bytes.data()), bytes.size());
  };
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
                                   octets(OSSL_KDF_PARAM_SALT, salt), octets(OSSL_KDF_PARAM_KEY, secret),
                                   octets(OSSL_KDF_PARAM_INFO, info), OSSL_PARAM_construct_end()};
  std::string out(length, '\0');
  require(EVP_KDF_derive(context.get(), data(out), out.size(), parameters), "HKDF");
  return out;
}

std::string aes128gcm(std::string_view key, std::string_view nonce, std::string_view plain) {
  static EVP_CIPHER* const algorithm = require(EVP_CIPHER_fetch(nullptr, "AES-128-GCM", nullptr), "no AES-128-GCM");
  const Cipher cipher(require(EVP_CIPHER_CTX_new(), "no memory"));
  std::string sealed(plain.size() + kTag, '\0');
  int length = 0;
  require(EVP_EncryptInit_ex2(cipher.get(), algorithm, data(key), data(nonce), nullptr), "AES-128-GCM");
  require(EVP_EncryptUpdate(cipher.get(), data(sealed), &length, data(plain), static_cast<int>(plain.size())),
          "AES-128-GCM");
  require(EVP_EncryptFinal_ex(cipher.get(), data(sealed) + length, &length), "AES-128-GCM");
  require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, kTag, data(sealed) + plain.size()), "AES-128-GCM");
  return sealed;
}

/// A literal with the zero byte that ends it, as the RFCs write `info`.
template <std::size_t n>
constexpr std::string_view with_zero(const char (&text)[n]) {
  return {text, n};
}

std::string encrypt(std::string_view plain, const PushReceiver& receiver, EVP_PKEY* own, std::string_view salt) {
  if (plain.size() > kMostPushed) throw std::invalid_argument("too much for a push");
  if (receiver.auth.size() != kPushAuth) throw std::invalid_argument("the secret of a push has 16 bytes");
  if (!is_p256_point(receiver.p256dh)) throw std::invalid_argument("the key of a push is no point of P-256");
  const auto theirs = key_of(receiver.p256dh);
  const auto own_point = point_of(own);
  // RFC 8291 section 3.4.
  std::string info(with_zero("WebPush: info"));
  info.append(receiver.p256dh).append(own_point);
  const auto secret = hkdf(receiver.auth, agree(own, theirs.get()), info, 32);
  const auto key = hkdf(salt, secret, with_zero("Content-Encoding: aes128gcm"), kKey);
  const auto nonce = hkdf(salt, secret, with_zero("Content-Encoding: nonce"), kNonce);
  // RFC 8188 section 2.1: salt, record size, the key's name and its length; then the only and so the last record.
  std::string body(salt);
  body.append(std::string_view("\x00\x00\x10\x00", 4)).push_back(static_cast<char>(kPoint));
  body.append(own_point).append(aes128gcm(key, nonce, std::string(plain) + '\x02'));
  return body;
}

}  // namespace

bool is_p256_point(std::string_view bytes) { return bytes.size() == kPoint && bytes[0] == '\x04' && key_of(bytes); }

std::string encrypt_push(std::string_view plain, const PushReceiver& receiver) {
  const Pkey own(require(EVP_EC_gen("P-256"), "cannot make a key"));
  return encrypt(plain, receiver, own.get(), random_bytes(kSalt));
}

std::string encrypt_push(std::string_view plain, const PushReceiver& receiver, const PushRandomness& given) {
  if (given.private_key.size() != kScalar || given.salt.size() != kSalt) throw std::invalid_argument("other lengths");
  return encrypt(plain, receiver, key_of_private(given.private_key).get(), given.salt);
}

}  // namespace dontgoback::security
