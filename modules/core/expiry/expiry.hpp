#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "dontgoback/id.hpp"
#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/storage/planned.hpp"
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

/// The statements of it for one table. A bound first, then a range: MariaDB 10.11 would walk the whole table for a
/// DELETE … WHERE id IN (SELECT …).
struct Slices {
  /// `name` and `name`-bound, literals; `column` is the moment, and `index` begins with it.
  Slices(std::string_view name, std::string_view bound_name, const std::string& table, const std::string& column,
         const std::string& index, const char* file = __builtin_FILE(), int line = __builtin_LINE());

  storage::Planned bound;
  storage::Planned remove;
};

/// The same of any table.
std::int64_t remove_slice(storage::Connection& connection, const Slices& slices, const time::Span& span, int limit);

/// Rows that say when they were written, longer ago than `life`. How many there were.
std::int64_t remove_older(const Sweep& sweep, time::Timestamp::duration life, RemoveSlice remove);
/// Rows that say when they end, a `life` after they were written.
std::int64_t remove_ended(const Sweep& sweep, time::Timestamp::duration life, RemoveSlice remove);

/// What a slice of an account's removal came to.
enum class Step { gone, goes_on, stays };
/// What became of one account of many.
enum class Removal { removed, stays, failed };
/// Removes one account by `remove_slice`, a transaction each. What is wrong with this account alone is logged, and
/// keeps no other: failed. Throws Unavailable as the database does.
Removal remove_one(const Sweep& sweep, UserId user, const std::function<Step(storage::Connection&)>& remove_slice);

}  // namespace dontgoback::core::expiry
