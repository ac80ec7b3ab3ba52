#pragma once

#include <cstdint>
#include <string_view>

#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "rows_store.hpp"

// What becomes of walkers. Every part with rows of its own is told, in the same transaction.
namespace dontgoback::walk::walkers {

/// Another status: sessions of one that is not active any more end. The walker is locked. Nothing to do when it has it.
void change_status(storage::Connection& connection, const Subscribers& subscribers, WalkerId id, Status to,
                   time::Timestamp now);

/// As its owner asks: 409 for what somebody else has, 403 within a week of the last time. The first one is free, and
/// the same again changes nothing; another writing of it is a change.
void rename(storage::Connection& connection, const Subscribers& subscribers, WalkerId id, std::string_view nickname,
            time::Timestamp now);
/// As a moderator does: nothing takes it away, and its owner may have another at once.
Result<Done> give_nickname(storage::Connection& connection, const Subscribers& subscribers, WalkerId id,
                           const std::optional<Nickname>& nickname);

/// What `from` has becomes `to`'s as far as it can, who signs in to it included, and its nickname where `to` has none;
/// its sessions end, and it is left as one whose time to leave is over. Both are locked.
void merge(storage::Connection& connection, const Subscribers& subscribers, WalkerId from, WalkerId to,
           time::Timestamp now);

/// How long one that leaves may come back.
inline constexpr std::chrono::hours kReturn{14 * 24};
/// When one that does not come back began to leave: before anything did.
inline constexpr time::Timestamp kLongAgo{std::chrono::milliseconds(1)};

/// One run of a job that removes.
struct Sweep {
  storage::Database& database;
  time::ClockTrust& trust;
  const jobs::Run& run;

  bool goes_on() const { return !run.stop.stop_requested() && run.keep_alive(); }
};

/// Removes walkers whose time to come back is over, some rows a transaction. How many there were.
std::int64_t remove_left(const Sweep& sweep, const Subscribers& subscribers);
/// The same of one that was merged, at once. A kill between is made good by the job.
void remove_merged(storage::Database& database, const Subscribers& subscribers, WalkerId id);

/// Removes sessions, tokens, proofs and what ended, once their time is over. How many rows there were.
std::int64_t remove_expired(const Sweep& sweep);

}  // namespace dontgoback::walk::walkers
