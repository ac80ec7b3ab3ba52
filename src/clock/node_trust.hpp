#pragma once

#include "dontgoback/time/clock_trust.hpp"
#include "watch.hpp"

namespace dontgoback::clock {

/// Of a node that keeps no database, and so nothing that was written by a wrong clock.
class NodeTrust final : public time::ClockTrust {
 public:
  explicit NodeTrust(Watch& watch) : watch_(watch) {}

  std::optional<time::Timestamp> confirmed_now() const override;
  bool older_than(time::Timestamp::duration age, time::Timestamp written) const override;
  std::vector<time::Span> spans_older_than(time::Timestamp::duration age) override;
  std::chrono::milliseconds settled() const override { return watch_.look().settled; }

 private:
  Watch& watch_;
};

}  // namespace dontgoback::clock
