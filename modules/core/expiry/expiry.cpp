#include "expiry.hpp"

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

}  // namespace dontgoback::core::expiry
