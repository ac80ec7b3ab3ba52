#pragma once

#include <string>

namespace dontgoback::app {

/// The port for a node that may have any (port 0), chosen before the server is made: what it allows browsers depends on
/// it. It is held until this object ends: bound, not listening, which on Linux lets the server bind it too and nobody
/// else get it by asking for any port (socket(7), SO_REUSEADDR).
class PickedPort {
 public:
  /// `listen` with port 0; std::system_error when the address cannot be had.
  explicit PickedPort(const std::string& listen);
  ~PickedPort();
  PickedPort(const PickedPort&) = delete;
  PickedPort& operator=(const PickedPort&) = delete;

  /// `ADDR:PORT` with the port.
  const std::string& address() const { return address_; }

 private:
  int socket_;
  std::string address_;
};

}  // namespace dontgoback::app
