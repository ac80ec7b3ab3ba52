#pragma once

#include "dontgoback/id.hpp"
#include "dontgoback/storage/connection.hpp"

// What becomes of all that an account wrote and liked when it goes. In the caller's transaction.
namespace dontgoback::core::feed {

/// Of each kind of thing, how many one call removes at most.
inline constexpr int kRemovedAtOnce = 500;

/// Removes the newest of it: likes, what nobody answered, what was deleted (with what stands below it), whatever is
/// shown of it. What others answered keeps its place: its words are gone, and its author is accounts::kDeparted. Counts
/// of what others have stay right. Whether nothing of it is left.
bool remove_some_of(storage::Connection& connection, UserId user);

}  // namespace dontgoback::core::feed
