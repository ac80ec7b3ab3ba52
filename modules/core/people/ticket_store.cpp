#include "ticket_store.hpp"

#include "expiry/expiry.hpp"

namespace dontgoback::core::people {
namespace {

constexpr std::chrono::minutes kClocksDiffer{1};  // of two nodes

const expiry::Slices kEnded("walker-tickets/purge", "walker-tickets/purge-bound", "walker_tickets", "expires_at",
                            "walker_tickets_by_expiry");

}  // namespace

void add_ticket(storage::Connection& connection, UserId user, std::string_view ticket, time::Timestamp now) {
  delete_ticket_of(connection, user);
  connection.execute("INSERT INTO walker_tickets (user_id, hash, expires_at) VALUES (:user_id, :hash, :expires_at)",
                     user, ticket, now + kTicketLife);
}

std::optional<UserId> use_ticket(storage::Connection& connection, std::string_view ticket, time::Timestamp now) {
  // One that ends later than any ticket does was made by a clock that ran ahead: it would be good for as long.
  const auto row = connection.one<UserId>(
      "SELECT user_id FROM walker_tickets WHERE hash = :hash AND expires_at > :now AND expires_at <= :latest", ticket,
      now, now + kTicketLife + kClocksDiffer);
  if (!row) return std::nullopt;
  // Of two at once one removes it.
  if (connection.execute("DELETE FROM walker_tickets WHERE hash = :hash", ticket) != 1) return std::nullopt;
  return std::get<0>(*row);
}

void delete_ticket_of(storage::Connection& connection, UserId user) {
  connection.execute("DELETE FROM walker_tickets WHERE user_id = :user_id", user);
}

std::int64_t delete_tickets_ended_within(storage::Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kEnded, span, limit);
}

}  // namespace dontgoback::core::people
