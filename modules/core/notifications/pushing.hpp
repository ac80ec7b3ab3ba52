#pragma once

#include "dontgoback/storage/connection.hpp"
#include "model.hpp"

namespace dontgoback::core::notifications {

/// Tells whom it concerns while no page is open there, too. To come after it was written to the list.
void push(storage::Connection& connection, const Target& target, time::Timestamp now);

/// The same of something that was said itself, `which` of its kind: a day, a notice.
void push_said(storage::Connection& connection, UserId to, Kind kind, std::int64_t which, time::Timestamp now);

}  // namespace dontgoback::core::notifications
