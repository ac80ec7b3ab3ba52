#pragma once

#include <optional>

#include "dontgoback/id.hpp"
#include "dontgoback/storage/connection.hpp"
#include "settings.hpp"

namespace dontgoback::core::accounts {

/// Nothing when there is no such account.
std::optional<Settings> find_settings(storage::Connection& connection, UserId id);
void update_settings(storage::Connection& connection, UserId id, const Settings& settings);

}  // namespace dontgoback::core::accounts
