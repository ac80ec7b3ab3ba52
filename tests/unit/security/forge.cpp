#include "forge.hpp"

#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <stdexcept>

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/jose/algorithm.hpp"
#include "dontgoback/security/jose/signing_key.hpp"

namespace dontgoback::test {
namespace {

using security::base64url_encode;

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Bio = std::unique_ptr<BIO, decltype(&BIO_free_all)>;

Key key_of(const std::string& pem) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free_all);
  return {PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr), EVP_PKEY_free};
}

template <class Write>
std::string written(Write write) {
  const Bio bio(BIO_new(BIO_s_mem()), BIO_free_all);
  if (write(bio.get()) != 1) throw std::runtime_error("OpenSSL cannot write");
  char* data = nullptr;
  const auto length = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(length)};
}

std::string pkcs8(EVP_PKEY* key) {
  return written(
      [key](BIO* to) { return PEM_write_bio_PKCS8PrivateKey(to, key, nullptr, nullptr, 0, nullptr, nullptr); });
}

/// ECDSA is a SEQUENCE of two INTEGERs in OpenSSL's form and their 32 bytes each in that of JWS.
std::string jws_form(std::string_view der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair(
      d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())), ECDSA_SIG_free);
  std::string raw(64, '\0');
  auto* const bytes = reinterpret_cast<unsigned char*>(raw.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), bytes, 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), bytes + 32, 32);
  return raw;
}

}  // namespace

const security::SigningKey& rsa_key() {
  static const auto key = security::SigningKey::generate(security::Algorithm::rs256);
  return key;
}

const security::SigningKey& other_rsa_key() {
  static const auto key = security::SigningKey::generate(security::Algorithm::rs256);
  return key;
}

const security::SigningKey& ec_key() {
  static const auto key = security::SigningKey::generate(security::Algorithm::es256);
  return key;
}

std::string assemble(std::string_view header, std::string_view payload, std::string_view signature) {
  return base64url_encode(header) + '.' + base64url_encode(payload) + '.' + base64url_encode(signature);
}

std::string prove(const security::SigningKey& key, std::string_view claims) {
  const bool ec = key.algorithm() == security::Algorithm::es256;
  const auto header = R"({"typ":"dpop+jwt","alg":")" + std::string(security::name_of(key.algorithm())) + R"(","jwk":)" +
                      key.public_jwk() + '}';
  auto proof = forge(key, header, claims);
  if (!ec) return proof;
  const auto dot = proof.rfind('.') + 1;
  return proof.substr(0, dot) + base64url_encode(jws_form(*security::base64url_decode(proof.substr(dot))));
}

std::string forge(const security::SigningKey& key, std::string_view header, std::string_view payload) {
  const auto input = base64url_encode(header) + '.' + base64url_encode(payload);
  const auto signer = key_of(key.to_pem());
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  std::string signature(512, '\0');
  std::size_t length = signature.size();
  if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, signer.get()) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
                     reinterpret_cast<const unsigned char*>(input.data()), input.size()) != 1) {
    throw std::runtime_error("OpenSSL cannot sign");
  }
  signature.resize(length);
  return input + '.' + base64url_encode(signature);
}

std::string rsa_pem(unsigned bits, unsigned long exponent) {
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
      EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr), EVP_PKEY_CTX_free);
  const std::unique_ptr<BIGNUM, decltype(&BN_free)> e(BN_new(), BN_free);
  BN_set_word(e.get(), exponent);
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_keygen_init(context.get()) != 1 ||
      EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), static_cast<int>(bits)) != 1 ||
      EVP_PKEY_CTX_set1_rsa_keygen_pubexp(context.get(), e.get()) != 1 || EVP_PKEY_generate(context.get(), &key) != 1) {
    throw std::runtime_error("OpenSSL cannot make the key");
  }
  const Key owned(key, EVP_PKEY_free);
  return pkcs8(key);
}

std::string ec_pem(const char* curve) {
  const Key key(EVP_EC_gen(curve), EVP_PKEY_free);
  return pkcs8(key.get());
}

std::string encrypted_pem(const std::string& pem) {
  const auto key = key_of(pem);
  return written([&](BIO* to) {
    return PEM_write_bio_PKCS8PrivateKey(to, key.get(), EVP_aes_256_cbc(), "password", 8, nullptr, nullptr);
  });
}

std::string traditional_pem(const std::string& pem) {
  const auto key = key_of(pem);
  return written([&](BIO* to) {
    return PEM_write_bio_PrivateKey_traditional(to, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
}

std::string public_der_base64(const std::string& pem) {
  const auto key = key_of(pem);
  const auto der = written([&](BIO* to) { return i2d_PUBKEY_bio(to, key.get()); });
  return security::base64_encode(der);
}

}  // namespace dontgoback::test
