#pragma once

#include <optional>

#include "dontgoback/id.hpp"
#include "dontgoback/storage/connection.hpp"
#include "settings.hpp"

namespace dontgoback::core::accounts {

void update_settings(storage::Connection& connection, UserId id, const Settings& settings);

}  // namespace dontgoback::core::accounts
