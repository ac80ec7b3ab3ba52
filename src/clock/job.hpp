#pragma once

#include <functional>

#include "dontgoback/jobs/scheduler.hpp"
#include "watch.hpp"

namespace dontgoback::clock {

/// The job `clock`, on every node every 10 s: looks at the clock, tells the log by how much it was set, and the others
/// (`was_set`), whose waiting is by the clock. `look` writes down what is to be written (RecordedTrust::look). Its
/// result says what confirms the clock.
jobs::Job clock_job(Watch& watch, std::function<void()> look, std::function<void()> was_set);

}  // namespace dontgoback::clock
