#pragma once

#include <optional>
#include <vector>

#include "dontgoback/id.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"

namespace dontgoback::core::sign_in {

struct Guest {
  UserId id;
  time::Timestamp last_seen_at;
  bool wrote;  ///< has a post or a comment, deleted ones included
};

/// Up to `limit` guests last seen before `before`, in order of that and of id, those behind `after` only.
std::vector<Guest> idle_guests(storage::Connection& connection, const Guest& after, time::Timestamp before, int limit);
/// A guest as it is now.
std::optional<Guest> find_guest(storage::Connection& connection, UserId id);

/// The tables whose rows have an end.
enum class Expiring { sessions, refresh_tokens, sign_in_links, idempotency_keys };
/// Removes about `limit` rows that ended within the span (idempotency keys: were made), the oldest first (those of one
/// millisecond together). How many there were; 0: no more.
std::int64_t remove_ended(storage::Connection& connection, Expiring table, const time::Span& span, int limit);

}  // namespace dontgoback::core::sign_in
