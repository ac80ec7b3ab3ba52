#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "dontgoback/id.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"

// Rows of tickets, which come as their stored form.
namespace dontgoback::core::people {

inline constexpr std::chrono::seconds kTicketLife{60};

/// In place of the member's last one.
void add_ticket(storage::Connection& connection, UserId user, std::string_view ticket, time::Timestamp now);
/// Whose it was; it is gone then. Nothing for one that is not good.
std::optional<UserId> use_ticket(storage::Connection& connection, std::string_view ticket, time::Timestamp now);
void delete_ticket_of(storage::Connection& connection, UserId user);

/// As expiry::RemoveSlice says.
std::int64_t delete_tickets_ended_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::core::people
