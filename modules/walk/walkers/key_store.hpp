#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/storage/connection.hpp"

namespace dontgoback::walk::walkers {

std::optional<std::string> find_sealed_key(storage::Connection& connection, std::string_view name);
/// Throws storage::DuplicateKey when the name is taken.
void add_sealed_key(storage::Connection& connection, std::string_view name, std::string_view sealed);
void remove_sealed_key(storage::Connection& connection, std::string_view name);

}  // namespace dontgoback::walk::walkers
