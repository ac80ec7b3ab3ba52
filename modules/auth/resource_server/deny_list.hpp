#pragma once

#include <memory>

#include "resource_server/deny_set.hpp"

namespace dontgoback::auth {

/// The tokens that the auth server takes back before they end: its own list in process, or a copy polled from the auth
/// node. Any thread; never blocks but where the auth server runs here and is opened by this.
class DenyList {
 public:
  virtual ~DenyList() = default;
  /// The list as known now; null when it is older than this node is told to bear, or was never had and must be. Then
  /// no token can be judged.
  virtual std::shared_ptr<const DenySet> current() const = 0;
};

}  // namespace dontgoback::auth
