#include "expiry.hpp"

#include "dontgoback/result.hpp"
#include "dontgoback/telemetry/log.hpp"

namespace dontgoback::core::expiry {
namespace {

time::Timestamp later(time::Timestamp moment, time::Timestamp::duration by) {
  return moment < time::Timestamp::max() - by ? moment + by : time::Timestamp::max();
}

std::int64_t remove_within(const Sweep& sweep, const time::Span& span, RemoveSlice remove) {
  std::int64_t removed = 0;
  while (sweep.goes_on()) {
    const auto slice =
        sweep.database.write([&](storage::Connection& connection) { return remove(connection, span, kRowsASlice); });
    if (slice == 0) break;
    removed += slice;
  }
  return removed;
}

}  // namespace

std::int64_t remove_older(const Sweep& sweep, time::Timestamp::duration life, RemoveSlice remove) {
  std::int64_t removed = 0;
  for (const auto& written : sweep.trust.spans_older_than(life)) removed += remove_within(sweep, written, remove);
  return removed;
}

std::int64_t remove_ended(const Sweep& sweep, time::Timestamp::duration life, RemoveSlice remove) {
  std::int64_t removed = 0;
  for (const auto& written : sweep.trust.spans_older_than(life)) {
    removed += remove_within(sweep, {later(written.from, life), later(written.until, life)}, remove);
  }
  return removed;
}

Removal remove_one(const Sweep& sweep, UserId user, const std::function<Step(storage::Connection&)>& remove_slice) {
  try {
    auto step = Step::goes_on;
    while (step == Step::goes_on && sweep.goes_on()) step = sweep.database.write(remove_slice);
    return step == Step::gone ? Removal::removed : Removal::stays;
  } catch (const Unavailable&) {
    throw;
  } catch (const std::exception& error) {
    telemetry::log_error("an account could not be removed", {{"user", user.value}, {"cause", error.what()}});
    return Removal::failed;
  }
}

}  // namespace dontgoback::core::expiry
