#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dontgoback/storage/connection.hpp"

namespace dontgoback::core::sessions {

std::optional<std::string> find_sealed_key(storage::Connection& connection, std::string_view name);
/// Names and what is sealed.
std::vector<std::pair<std::string, std::string>> all_sealed_keys(storage::Connection& connection);
void remove_sealed_keys(storage::Connection& connection);
/// Throws storage::DuplicateKey when the name is taken.
void add_sealed_key(storage::Connection& connection, std::string_view name, std::string_view sealed);

}  // namespace dontgoback::core::sessions
