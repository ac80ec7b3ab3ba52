#pragma once

#include "dontgoback/id.hpp"
#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/storage/database.hpp"

// Which posts and comments are of authors whose words are not shown, written into the rows so that lists need not walk
// them. An account may have any number, so its rows are marked in slices: the first in the transaction that changes the
// account, what is left by a job. Lists ask the account besides, so that nothing is shown meanwhile that must not be.
namespace dontgoback::core::feed {

/// Posts, and comments, that one transaction marks.
inline constexpr int kMarkedAtOnce = 1000;

/// The author's account has changed: marks its newest rows, and notes it when there are more.
void mark_author(storage::Connection& connection, UserId author, bool hidden);

/// The account is about to be removed, its rows are gone.
void forget_author(storage::Connection& connection, UserId author);

/// Another slice of an author that was noted; false when nobody is.
bool mark_more(storage::Connection& connection);

/// Every few seconds on each node: what is noted, slice by slice.
jobs::Job marking_job(storage::Database& database);

}  // namespace dontgoback::core::feed
