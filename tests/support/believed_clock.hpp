#pragma once

#include "clock/node_trust.hpp"

namespace dontgoback::test {

/// A clock that is believed as if an operator had said so.
class BelievedClock {
 public:
  explicit BelievedClock(const time::Clock& clock) : watch_(clock, {.trusted = true, .synchronized = {}}) {}
  operator time::ClockTrust&() { return trust_; }

 private:
  clock::Watch watch_;
  clock::NodeTrust trust_{watch_};
};

}  // namespace dontgoback::test
