#pragma once

#include "dontgoback/storage/connection.hpp"
#include "settings.hpp"

// What is chosen, in `walker_settings`. Everything runs in the caller's transaction.
namespace dontgoback::walk::notices {

/// Those that everybody has at first, where nothing was chosen.
Settings find_settings(storage::Connection& connection, WalkerId walker);
void put_settings(storage::Connection& connection, WalkerId walker, const Settings& settings);
void remove_settings(storage::Connection& connection, WalkerId walker);

}  // namespace dontgoback::walk::notices
