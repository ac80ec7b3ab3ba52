#pragma once

#include "dontgoback/storage/connection.hpp"
#include "model.hpp"

namespace dontgoback::core::notifications {

/// Tells whom it concerns while no page is open there, too. To come after it was written to the list.
void push(storage::Connection& connection, const Target& target, time::Timestamp now);

}  // namespace dontgoback::core::notifications
