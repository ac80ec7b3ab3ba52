#pragma once

#include <string_view>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::jobs {

/// The same as Outbox::add where there is no outbox at hand, as for what is told that an account goes. It is due at
/// once by any clock, and its entry has no other moment than the epoch.
void add_due(storage::Connection& connection, std::string_view topic, std::string_view payload);
/// The same where the moment is known. `subject` as for Outbox::add.
void add_due(storage::Connection& connection, std::string_view topic, std::string_view payload,
             std::string_view subject, time::Timestamp now);

}  // namespace dontgoback::jobs
