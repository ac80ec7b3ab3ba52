#pragma once

#include "board.hpp"
#include "dontgoback/storage/connection.hpp"
#include "groups/groups.hpp"

// SQL of boards.
namespace dontgoback::walk::boards {

/// Days below this confidence are doubtful.
using LeastConfidence = std::int64_t;

struct Looking {
  Period period = Period::today;
  time::Timestamp now;
  LeastConfidence least_confidence = 0;
};

/// The walker and those of its friends who share their steps, ranked. Each has the days of its own clock. Without the
/// walker, who is gone: nobody.
Board friends_board(storage::Connection& connection, WalkerId walker, const Looking& looking);

/// The members of a group that take part and share their steps, in no order.
std::vector<Entry> group_entries(storage::Connection& connection, groups::GroupId group, const Looking& looking);

}  // namespace dontgoback::walk::boards
