#include <openssl/core_names.h>
#include <openssl/evp.h>

#include <stdexcept>

#include "dontgoback/security/crypto/hash.hpp"

namespace dontgoback::security {

namespace {

template <class T, auto Free>
struct Freed {
  void operator()(T* object) const { Free(object); }
};
using Context = std::unique_ptr<EVP_MAC_CTX, Freed<EVP_MAC_CTX, EVP_MAC_CTX_free>>;

template <class T>
T checked(T result) {
  if (!result) throw std::runtime_error("OpenSSL: HMAC-SHA256 failed");
  return result;
}

Context keyed(std::string_view key) {
  const std::unique_ptr<EVP_MAC, Freed<EVP_MAC, EVP_MAC_free>> hmac(checked(EVP_MAC_fetch(nullptr, "HMAC", nullptr)));
  Context context(checked(EVP_MAC_CTX_new(hmac.get())));
  char digest[] = "SHA256";
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                   OSSL_PARAM_construct_end()};
  checked(EVP_MAC_init(context.get(), reinterpret_cast<const unsigned char*>(key.data()), key.size(), parameters));
  return context;
}

}  // namespace

struct HmacSha256::Impl {
  Context context;
};

HmacSha256::HmacSha256(std::string_view key) : impl_(new Impl{keyed(key)}) {}

HmacSha256::HmacSha256(const HmacSha256& other)
    : impl_(new Impl{Context(checked(EVP_MAC_CTX_dup(other.impl_->context.get())))}) {}

HmacSha256::~HmacSha256() = default;

Digest HmacSha256::operator()(std::string_view bytes) {
  Digest digest;
  auto* context = impl_->context.get();
  checked(EVP_MAC_init(context, nullptr, 0, nullptr));  // the same key again
  checked(EVP_MAC_update(context, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
  std::size_t size = 0;
  checked(EVP_MAC_final(context, digest.data(), &size, digest.size()));
  return digest;
}

}  // namespace dontgoback::security
