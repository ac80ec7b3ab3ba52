#pragma once

#include <cstdint>
#include <functional>

#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/storage/connection.hpp"
#include "listener.hpp"

// Deleting what one wrote unlinked, one by one at random moments: what disappears together would be one person's.
namespace dontgoback::core::feed {

/// A moment is drawn between these from now, each as likely.
inline constexpr std::chrono::hours kRemovedNotBefore{1};
inline constexpr std::chrono::hours kRemovedWithin{13 * 24};

/// The same of what came due while nothing ran, which is not to disappear together either.
inline constexpr std::chrono::minutes kLate{10};
inline constexpr std::chrono::hours kLateWithin{24};

/// A moment after `now`, with at least `from` and less than `to` between, each as likely; by the system's generator.
time::Timestamp random_moment(time::Timestamp now, time::Timestamp::duration from, time::Timestamp::duration to);

/// How much was given a moment.
struct Scheduled {
  std::int64_t posts = 0;
  std::int64_t comments = 0;
};
/// Gives all that an account wrote unlinked, and that has none, a moment; in slices, each a transaction of `database`.
Scheduled schedule_removal(storage::Database& database, UserId user, time::Timestamp now);
/// Takes the moments back.
void keep_all(storage::Database& database, UserId user);

/// Deletes what is due, wherever its author is: as the author would, and without a trace where there is none any more.
std::vector<jobs::Job> removal_jobs(Host& host, const Listeners& listeners);

}  // namespace dontgoback::core::feed
