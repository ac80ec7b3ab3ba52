#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dontgoback/time/clock_trust.hpp"

// How old things are that were written while the clock was not confirmed. Pure.
namespace dontgoback::clock {

/// What the wall clock showed while nothing confirmed it.
struct UnconfirmedSpan {
  std::int64_t id = 0;
  time::Span shown;
  std::optional<time::Timestamp> confirmed_at;  ///< the first confirmed moment after it; nothing while there was none

  bool contains(time::Timestamp moment) const { return shown.from <= moment && moment < shown.until; }
};

/// Whether what was written at `written` is certainly older than `age` at the confirmed moment `now`: written in an
/// unconfirmed span it ages from the span's confirmation, and not before that. A moment that is in several spans, or
/// that a confirmed clock has shown as well, ages from the latest it can be.
bool older_than(const std::vector<UnconfirmedSpan>& spans, time::Timestamp now, time::Timestamp::duration age,
                time::Timestamp written);

/// The moments for which that is so: in order, none touching another.
std::vector<time::Span> spans_older_than(const std::vector<UnconfirmedSpan>& spans, time::Timestamp now,
                                         time::Timestamp::duration age);

}  // namespace dontgoback::clock
