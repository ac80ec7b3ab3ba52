#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/security/jose/jws.hpp"

namespace dontgoback::ports {

/// The public keys an issuer signs with. Offered by whoever signs: the auth module for tokens between servers (in
/// process, or fetched from the auth node), core for its sessions.
class VerificationKeys {
 public:
  using Set = std::vector<security::PublicKey>;
  virtual ~VerificationKeys() = default;

  /// The keys as known now; null when none could be had yet. Any thread; a remote set may be fetched first, within 3 s.
  /// The same pointer as long as they are the same: verified tokens are remembered with it. Asked for every request.
  virtual std::shared_ptr<const Set> current() = 0;

  /// A token named a `kid` that is not in `current()`: look again, at most once per cooldown (10 s). The same answer
  /// when nothing new could be had; a set once known is kept while its source is away.
  virtual std::shared_ptr<const Set> refreshed() = 0;
};

}  // namespace dontgoback::ports
