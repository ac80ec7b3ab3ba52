#pragma once

#include <openssl/err.h>
#include <openssl/evp.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace dontgoback::security {

/// Frees an OpenSSL object with its own function.
template <auto free_function>
struct OpensslFree {
  template <class T>
  void operator()(T* object) const {
    free_function(object);
  }
};
template <class T, auto free_function>
using OpensslPtr = std::unique_ptr<T, OpensslFree<free_function>>;

using Pkey = OpensslPtr<EVP_PKEY, EVP_PKEY_free>;
using PkeyContext = OpensslPtr<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;

/// For calls that fail only when OpenSSL is broken or out of memory: `good` must be 1. The thread's error queue is left
/// empty, because TLS connections judge by it.
inline void require(int good, const char* what) {
  if (good == 1) return;
  ERR_clear_error();
  throw std::runtime_error(std::string("OpenSSL: ") + what);
}

template <class T>
T* require(T* object, const char* what) {
  require(object != nullptr ? 1 : 0, what);
  return object;
}

}  // namespace dontgoback::security
