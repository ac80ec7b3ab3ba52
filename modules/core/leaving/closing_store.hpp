#pragma once

#include <optional>
#include <vector>

#include "dontgoback/id.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"

// Rows of `closings`: the accounts that are to be closed.
namespace dontgoback::core::leaving {

struct Closing {
  UserId user;
  time::Timestamp since;  ///< asked for
};

void add_closing(storage::Connection& connection, const Closing& closing);
std::optional<Closing> find_closing(storage::Connection& connection, UserId user);
void drop_closing(storage::Connection& connection, UserId user);
/// Up to `limit` of them asked for before `before`, in order of that and of the account, those behind `after` only.
std::vector<Closing> closings(storage::Connection& connection, const Closing& after, time::Timestamp before, int limit);

}  // namespace dontgoback::core::leaving
