#pragma once

#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock.hpp"
#include "rpc.hpp"

namespace dontgoback::walk::rpc {

/// The walker and its friends, each with the days of its own clock, in order of rank.
std::vector<Calls::BoardEntry> board_of(storage::Connection& connection, WalkerId walker, Calls::Period period,
                                        time::Timestamp now);

}  // namespace dontgoback::walk::rpc
