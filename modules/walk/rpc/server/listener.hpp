#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <thread>

#include "connections.hpp"

namespace dontgoback::walk::rpc {

/// The listening socket. It is not gRPC's own, which takes any number of connections and shares its port with whoever
/// else listens there.
class Listener {
 public:
  /// Binds. Throws std::runtime_error that says why it cannot.
  Listener(const std::string& address, std::size_t max_connections);
  /// Stops and closes.
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  int port() const { return port_; }
  /// Gives each connection to `take`, which owns it, and calls `tick` every so often, all on a thread of its own.
  void start(std::function<void(int socket)> take, std::function<void()> tick, std::chrono::milliseconds every);
  void stop();

 private:
  void run(const std::function<void()>& tick, std::chrono::milliseconds every);
  void accept_all();

  int socket_ = -1;
  int wake_ = -1;  // readable when it is to stop
  int port_ = 0;
  Connections connections_;
  std::function<void(int)> take_;
  std::thread thread_;
};

}  // namespace dontgoback::walk::rpc
