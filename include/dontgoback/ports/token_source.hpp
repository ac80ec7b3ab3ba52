#pragma once

#include <string>

#include "dontgoback/result.hpp"

namespace dontgoback::ports {

/// Access tokens for this node's calls to other nodes. Offered by the auth module: signed in process, or asked of the auth
/// node with this node's client id and secret. Blocks; never on an I/O thread. Any thread.
class TokenSource {
 public:
  virtual ~TokenSource() = default;

  /// A token good for at least another 30 s; kept and renewed before it ends, one renewal in flight however many wait.
  /// unavailable when the auth node is away; forbidden when it refuses this node's credentials.
  virtual Result<std::string> token() = 0;

  /// `refused` was answered 401: forget it, so that the next token() is a new one. Nothing happens if it is not the
  /// current one any more.
  virtual void forget(const std::string& refused) = 0;
};

}  // namespace dontgoback::ports
