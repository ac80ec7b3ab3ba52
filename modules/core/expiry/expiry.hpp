#pragma once

#include <cstdint>

#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock_trust.hpp"

// How parts remove their rows that have expired: slice by slice, and only what has beyond doubt.
namespace dontgoback::core::expiry {

inline constexpr int kRowsASlice = 500;

/// One run of the daily purge.
struct Sweep {
  storage::Database& database;
  time::ClockTrust& trust;
  const jobs::Run& run;

  bool goes_on() const { return !run.stop.stop_requested() && run.keep_alive(); }
};

/// Removes about `limit` rows whose moment is within the span, the oldest first (those of one millisecond together), in
/// the caller's transaction. How many there were; 0: no more.
using RemoveSlice = std::int64_t (*)(storage::Connection& connection, const time::Span& span, int limit);

/// The same of any table: `bound` answers the last moment of the slice (parameters: from, until, limit), `remove`
/// removes what is from one moment to another. A bound first, then a range: MariaDB 10.11 would walk the whole table
/// for a DELETE … WHERE id IN (SELECT …).
std::int64_t remove_slice(storage::Connection& connection, const storage::Sql& bound, const storage::Sql& remove,
                          const time::Span& span, int limit);

/// Rows that say when they were written, longer ago than `life`. How many there were.
std::int64_t remove_older(const Sweep& sweep, time::Timestamp::duration life, RemoveSlice remove);
/// Rows that say when they end, a `life` after they were written.
std::int64_t remove_ended(const Sweep& sweep, time::Timestamp::duration life, RemoveSlice remove);

}  // namespace dontgoback::core::expiry
