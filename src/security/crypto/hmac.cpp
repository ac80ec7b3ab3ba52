#include "dontgoback/security/crypto/hmac.hpp"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include "crypto/openssl.hpp"
#include "dontgoback/security/crypto/hash.hpp"

namespace dontgoback::security {
namespace {

using MacContext = OpensslPtr<EVP_MAC_CTX, EVP_MAC_CTX_free>;

const unsigned char* data(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

/// Looking the algorithm up and making a context cost more than hashing a few hundred bytes: it is looked up once.
MacContext make_context() {
  static EVP_MAC* const algorithm = require(EVP_MAC_fetch(nullptr, "HMAC", nullptr), "no HMAC");
  MacContext context(require(EVP_MAC_CTX_new(algorithm), "no memory"));
  char name[] = "SHA256";
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0),
                                   OSSL_PARAM_construct_end()};
  require(EVP_MAC_CTX_set_params(context.get(), parameters), "no HMAC with SHA-256");
  return context;
}

void take_key(EVP_MAC_CTX* context, std::string_view key) {
  // A null key means "the one before", so an empty key needs an address.
  require(
      EVP_MAC_init(context, key.empty() ? reinterpret_cast<const unsigned char*>("") : data(key), key.size(), nullptr),
      "HMAC");
}

Digest digest_of(EVP_MAC_CTX* context, std::string_view bytes) {
  Digest digest;
  std::size_t length = 0;
  require(EVP_MAC_update(context, data(bytes), bytes.size()), "HMAC");
  require(EVP_MAC_final(context, digest.data(), &length, digest.size()), "HMAC");
  return digest;
}

}  // namespace

Digest hmac_sha256(std::string_view key, std::string_view bytes) {
  thread_local const auto context = make_context();
  take_key(context.get(), key);
  return digest_of(context.get(), bytes);
}

struct HmacSha256::Impl {
  MacContext context;
};

HmacSha256::HmacSha256(std::string_view key) : impl_(new Impl{make_context()}) { take_key(impl_->context.get(), key); }

HmacSha256::HmacSha256(const HmacSha256& other)
    : impl_(new Impl{MacContext(require(EVP_MAC_CTX_dup(other.impl_->context.get()), "no memory"))}) {}

HmacSha256::~HmacSha256() = default;

Digest HmacSha256::operator()(std::string_view bytes) {
  auto* context = impl_->context.get();
  require(EVP_MAC_init(context, nullptr, 0, nullptr), "HMAC");  // the same key again
  return digest_of(context, bytes);
}

}  // namespace dontgoback::security
