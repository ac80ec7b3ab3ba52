#pragma once

#include <optional>
#include <vector>

#include "dontgoback/id.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::core::accounts {

struct Guest {
  UserId id;
  time::Timestamp last_seen_at;  ///< signed in or renewed
};

/// Up to `limit` guests last seen before `before`, in order of that and of id, those behind `after` only.
std::vector<Guest> idle_guests(storage::Connection& connection, const Guest& after, time::Timestamp before, int limit);
/// A guest as it is now.
std::optional<Guest> find_guest(storage::Connection& connection, UserId id);

}  // namespace dontgoback::core::accounts
