#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "config/environment.hpp"

namespace dontgoback::app {

/// The service manager that started the process, told of its state by the protocol of sd_notify(3). When none did,
/// every call does nothing.
class Supervisor {
 public:
  explicit Supervisor(const config::Environment& environment);

  void ready() const { send("READY=1"); }
  void stopping() const { send("STOPPING=1"); }
  void alive() const { send("WATCHDOG=1"); }
  /// How often `alive` is to be said: half of what the manager waits for; nothing when it does not watch.
  std::optional<std::chrono::milliseconds> alive_every() const { return alive_every_; }

 private:
  void send(std::string_view state) const;

  std::string socket_;
  std::optional<std::chrono::milliseconds> alive_every_;
};

}  // namespace dontgoback::app
