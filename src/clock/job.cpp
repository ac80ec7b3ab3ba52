#include "job.hpp"

#include "dontgoback/telemetry/log.hpp"
#include "recorded_trust.hpp"

namespace dontgoback::clock {

jobs::Job clock_job(Watch& watch, std::function<void()> look, std::function<void()> was_set) {
  const auto work = [&watch, look = std::move(look), was_set = std::move(was_set)](const jobs::Run&) {
    const auto by = watch.look().by;
    if (const auto jump = watch.take_jump()) {
      telemetry::log_warn("the clock was set", {{"by", describe(*jump)}, {"milliseconds", jump->count()}});
      was_set();
    }
    try {
      look();
    } catch (const std::exception& away) {  // a database that is away is no failure, which would pause for longer
      return std::string(describe(by)) + "; not written down: " + away.what();
    }
    return std::string(describe(by));
  };
  return {.name = "clock",
          .schedule = {.daily_at = {}, .every = RecordedTrust::kLookEvery, .at_start = true},
          .once_for_all_nodes = false,
          .work = work};
}

}  // namespace dontgoback::clock
