#include "dontgoback/security/crypto/hash.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/params.h>
#include <sys/random.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "crypto/openssl.hpp"

namespace dontgoback::security {
namespace {

const unsigned char* data(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

// Looking an algorithm up and making a context cost more than hashing a few hundred bytes, so the algorithm is looked
// up once and each thread keeps its contexts.

const EVP_MD* sha256_algorithm() {
  static const EVP_MD* const algorithm = require(EVP_MD_fetch(nullptr, "SHA256", nullptr), "no SHA-256");
  return algorithm;
}

EVP_MD_CTX* digest_context() {
  thread_local const OpensslPtr<EVP_MD_CTX, EVP_MD_CTX_free> context(require(EVP_MD_CTX_new(), "no memory"));
  return context.get();
}

OpensslPtr<EVP_MAC_CTX, EVP_MAC_CTX_free> make_hmac_context() {
  static EVP_MAC* const algorithm = require(EVP_MAC_fetch(nullptr, "HMAC", nullptr), "no HMAC");
  OpensslPtr<EVP_MAC_CTX, EVP_MAC_CTX_free> context(require(EVP_MAC_CTX_new(algorithm), "no memory"));
  char name[] = "SHA256";
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0),
                                   OSSL_PARAM_construct_end()};
  require(EVP_MAC_CTX_set_params(context.get(), parameters), "no HMAC with SHA-256");
  return context;
}

}  // namespace

Digest sha256(std::string_view bytes) {
  Digest digest;
  auto* context = digest_context();
  require(EVP_DigestInit_ex2(context, sha256_algorithm(), nullptr), "SHA-256");
  require(EVP_DigestUpdate(context, bytes.data(), bytes.size()), "SHA-256");
  require(EVP_DigestFinal_ex(context, digest.data(), nullptr), "SHA-256");
  return digest;
}

struct Sha256::Impl {
  OpensslPtr<EVP_MD_CTX, EVP_MD_CTX_free> context{require(EVP_MD_CTX_new(), "no memory")};
};

Sha256::Sha256() : impl_(std::make_unique<Impl>()) {
  require(EVP_DigestInit_ex2(impl_->context.get(), sha256_algorithm(), nullptr), "SHA-256");
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  require(EVP_DigestUpdate(impl_->context.get(), bytes.data(), bytes.size()), "SHA-256");
}

Digest Sha256::digest() {
  Digest digest;
  require(EVP_DigestFinal_ex(impl_->context.get(), digest.data(), nullptr), "SHA-256");
  return digest;
}

Digest hmac_sha256(std::string_view key, std::string_view bytes) {
  thread_local const auto context = make_hmac_context();
  // A null key means "the one before", so an empty key needs an address.
  const auto* key_data = key.empty() ? reinterpret_cast<const unsigned char*>("") : data(key);
  Digest digest;
  std::size_t length = 0;
  require(EVP_MAC_init(context.get(), key_data, key.size(), nullptr), "HMAC");
  require(EVP_MAC_update(context.get(), data(bytes), bytes.size()), "HMAC");
  require(EVP_MAC_final(context.get(), digest.data(), &length, digest.size()), "HMAC");
  return digest;
}

bool equal_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string random_bytes(std::size_t n) {
  std::string bytes(n, '\0');
  for (std::size_t filled = 0; filled < n;) {
    const auto got = getrandom(bytes.data() + filled, n - filled, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw std::system_error(errno, std::generic_category(), "getrandom");
    filled += static_cast<std::size_t>(got);
  }
  return bytes;
}

std::string hex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text.push_back(kDigits[byte >> 4]);
    text.push_back(kDigits[byte & 15]);
  }
  return text;
}

}  // namespace dontgoback::security
