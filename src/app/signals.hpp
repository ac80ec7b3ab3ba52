#pragma once

#include <chrono>
#include <csignal>
#include <optional>

namespace dontgoback::app {

/// SIGTERM, SIGINT and SIGHUP as something to wait for. Construct before any other thread starts: threads inherit that
/// the signals are held back, so a second one during the shutdown interrupts nothing.
class Signals {
 public:
  Signals();
  /// True when one came, false when the time is over. Without a limit it waits for one.
  bool wait(std::optional<std::chrono::milliseconds> limit) const;

 private:
  sigset_t set_;
};

/// A peer that closed its end, or a file that may not grow, must be an error of the write, not the end of the process.
void ignore_failing_writes();

}  // namespace dontgoback::app
