#pragma once

#include <optional>

#include "config/environment.hpp"

namespace dontgoback::app {

/// Listening sockets that a service manager opened and handed over, by the protocol of sd_listen_fds(3). They stay
/// open while the node is exchanged: who connects meanwhile waits, and is not refused.
struct PassedSockets {
  std::optional<int> http;        ///< named so: in the place of `--listen`; may be one in the file system
  std::optional<int> management;  ///< in the place of `--management-listen`

  /// Those meant for this process. Throws std::invalid_argument for a name that is neither or comes twice, and for
  /// what is no listening stream socket; a management socket must have a port, because the node asks itself there.
  static PassedSockets of(const config::Environment& environment);
};

}  // namespace dontgoback::app
