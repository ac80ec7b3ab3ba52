#pragma once

#include "crypto/context_pool.hpp"
#include "dontgoback/security/jose/algorithm.hpp"
#include "dontgoback/security/jose/public_key.hpp"
#include "jose/jwk.hpp"

namespace dontgoback::security {

struct PublicKey::Impl {
  Pkey key;
  Algorithm algorithm;
  std::string kid;
  ContextPool verifying;
};

/// Null when it is no key we take. Without a `kid` it gets its thumbprint.
std::shared_ptr<const PublicKey::Impl> make_public_key(Pkey key, std::string kid = {});

}  // namespace dontgoback::security
