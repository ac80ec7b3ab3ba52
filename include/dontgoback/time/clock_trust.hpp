#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "dontgoback/time/clock.hpp"

namespace dontgoback::time {

/// Moments of the wall clock: `from` ≤ t < `until`.
struct Span {
  Timestamp from;
  Timestamp until;
  friend bool operator==(const Span&, const Span&) = default;
};

/// How far the wall clock may be believed: a machine without a battery has a wrong one until it has met a time server.
/// What deletes, or lets something expire by its age, asks here and never compares with `Clock::now` by itself; what
/// was written while the clock was not confirmed ages from the first confirmed moment after it
/// (docs/decisions/clocks.md). Any thread.
class ClockTrust {
 public:
  virtual ~ClockTrust() = default;

  /// The moment, when the clock is confirmed; nothing otherwise.
  virtual std::optional<Timestamp> confirmed_now() const = 0;

  /// Whether what was written at `written` is certainly older than `age`. Never while the clock is unconfirmed.
  virtual bool older_than(Timestamp::duration age, Timestamp written) const = 0;

  /// The moments at which everything was written that is certainly older than `age`, in order, not touching one
  /// another: what may be deleted by a clause per span. Empty while the clock is unconfirmed. May read the database,
  /// and throw Unavailable; for jobs.
  virtual std::vector<Span> spans_older_than(Timestamp::duration age) = 0;

  /// Steady time since the clock was set, as this process saw it; max() when it saw none of that. A difference of two of
  /// the process's wall-clock moments within it is a true span.
  virtual std::chrono::milliseconds settled() const = 0;
};

}  // namespace dontgoback::time
