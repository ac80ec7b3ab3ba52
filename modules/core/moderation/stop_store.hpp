#pragma once

#include <optional>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "model.hpp"

// SQL of who writes nothing for a while.
namespace dontgoback::core::moderation {

struct WritingStop {
  UserId user;
  ActId act;  ///< which hid what it is for
  time::Timestamp ends_at;

  /// One that ends later than a stop lasts is of a clock that ran ahead, and holds nobody.
  bool holds(time::Timestamp now) const { return now < ends_at && ends_at <= now + kStop; }
};
std::optional<WritingStop> find_stop(storage::Connection& connection, UserId user);
void set_stop(storage::Connection& connection, const WritingStop& stop);
void drop_stop(storage::Connection& connection, UserId user);
/// The same of one that this act has brought.
void drop_stop_for(storage::Connection& connection, UserId user, ActId act);
/// The member's own stays where both have one.
void hand_over_stop(storage::Connection& connection, UserId from, UserId to);

/// For the purge.
std::int64_t delete_stops_ended_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::core::moderation
