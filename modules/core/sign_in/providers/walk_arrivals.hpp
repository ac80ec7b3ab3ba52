#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "sign_in/identities.hpp"

// Who was proven on the way to walk: rows of `walk_arrivals`, by the stored form of what the page was given. Everything
// runs in the caller's transaction.
namespace dontgoback::core::sign_in {

/// The page takes it there at once.
inline constexpr std::chrono::seconds kWalkArrivalLife{60};

void add_walk_arrival(storage::Connection& connection, std::string_view ticket, const Person& person,
                      time::Timestamp now);
/// As expiry::RemoveSlice says.
std::int64_t delete_walk_arrivals_ended_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::core::sign_in
