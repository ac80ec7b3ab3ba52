#pragma once

#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock_trust.hpp"

namespace dontgoback::core::sign_in {

/// The job `guest-purge`, daily at 04:00, once for all nodes. It removes guests who wrote nothing and were last here
/// more than a day ago, guests last here more than 14 days ago with all they wrote, and what has expired: sessions,
/// refresh tokens, sign-in links, idempotency keys. One guest or one slice of rows a transaction; a run cut short is
/// taken up by the next. It waits for a confirmed clock, and what was written before there was one ages from there.
jobs::Job guest_purge(storage::Database& database, time::ClockTrust& trust);

}  // namespace dontgoback::core::sign_in
