#include "dontgoback/security/crypto/hash.hpp"

#include "crypto/openssl.hpp"

namespace dontgoback::security {
namespace {

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

}  // namespace dontgoback::security
