#pragma once

#include <string_view>

#include "dontgoback/storage/connection.hpp"

namespace dontgoback::jobs {

/// The same as Outbox::add where there is no outbox at hand, as for what is told that an account goes. It is due at
/// once by any clock, and its entry has no other moment than the epoch.
void add_due(storage::Connection& connection, std::string_view topic, std::string_view payload);

}  // namespace dontgoback::jobs
