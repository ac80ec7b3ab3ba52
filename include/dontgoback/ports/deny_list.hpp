#pragma once

#include <memory>

#include "dontgoback/security/tokens/deny_set.hpp"

namespace dontgoback::ports {

/// The tokens that the auth server takes back before they end. Offered by the auth module: its own list in process, or
/// a copy polled from the auth node. Any thread; never blocks.
class DenyList {
 public:
  virtual ~DenyList() = default;
  /// The list as known now; null when it is older than this node is told to bear, or was never had and must be. Then
  /// no token can be judged.
  virtual std::shared_ptr<const security::DenySet> current() const = 0;
};

}  // namespace dontgoback::ports
