#pragma once

#include <span>
#include <vector>

#include "dontgoback/id.hpp"
#include "dontgoback/storage/connection.hpp"

// All that one account wrote and liked, whatever is shown of it. In the caller's transaction.
namespace dontgoback::core::feed {

/// Makes all of it `to`'s; of two likes for one thing one stays, and is counted once.
void hand_over(storage::Connection& connection, UserId from, UserId to);

}  // namespace dontgoback::core::feed
