#pragma once

#include <mutex>
#include <utility>
#include <vector>

#include "crypto/openssl.hpp"

namespace dontgoback::security {

/// Contexts set up for one operation with one key. A context serves one thread at a time, and copying one costs a tenth
/// of an RSA verification, so they are kept: as many as have ever been in use at once. Any thread.
class ContextPool {
 public:
  ContextPool(PkeyContext first) : first_(std::move(first)) {}

  /// Lends a context to `use` and returns what that returns. A context in which `use` threw is not used again.
  template <class F>
  auto with(const F& use) const {
    PkeyContext context = take();
    auto result = use(context.get());
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(context));
    return result;
  }

 private:
  PkeyContext take() const {
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        PkeyContext context = std::move(free_.back());
        free_.pop_back();
        return context;
      }
    }
    return PkeyContext(require(EVP_PKEY_CTX_dup(first_.get()), "no memory"));
  }

  const PkeyContext first_;
  mutable std::mutex mutex_;
  mutable std::vector<PkeyContext> free_;
};

}  // namespace dontgoback::security
