#pragma once

#include "sessions.hpp"

namespace dontgoback::core::sessions {

/// Once the caller's transaction is committed.
void tell_ended(storage::Connection& connection, const Ended& ended);

}  // namespace dontgoback::core::sessions
