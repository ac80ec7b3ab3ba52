#pragma once

#include <memory>
#include <vector>

#include "dontgoback/security/jose/public_key.hpp"

namespace dontgoback::security {

/// The public keys an issuer signs with: this process' own, or fetched from where the issuer is.
class VerificationKeys {
 public:
  using Set = std::vector<PublicKey>;
  virtual ~VerificationKeys() = default;

  /// The keys as known now; null when none could be had yet. Any thread; a remote set may be fetched first, within 3 s.
  /// The same pointer as long as they are the same: verified tokens are remembered with it. Asked for every request.
  virtual std::shared_ptr<const Set> current() = 0;

  /// A token named a `kid` that is not in `current()`: look again, at most once per cooldown (10 s). The same answer
  /// when nothing new could be had; a set once known is kept while its source is away.
  virtual std::shared_ptr<const Set> refreshed() = 0;
};

}  // namespace dontgoback::security
