#pragma once

#include <chrono>

#include "dontgoback/storage/connection.hpp"
#include "words.hpp"

// SQL of the rules.
namespace dontgoback::core::moderation {

/// What Rules::newcomer_hours says, alone.
std::chrono::hours newcomer_hours(storage::Connection& connection);
Rules read_rules(storage::Connection& connection);
/// The same, and nobody else changes them until the transaction ends.
Rules hold_rules(storage::Connection& connection);
/// Of those that are held: gives them the next version.
void write_rules(storage::Connection& connection, const Rules& rules);

}  // namespace dontgoback::core::moderation
