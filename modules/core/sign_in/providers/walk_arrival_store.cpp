#include "expiry/expiry.hpp"
#include "sign_in/providers/walk_arrivals.hpp"
#include "sign_in/sign_in.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr std::chrono::minutes kClocksDiffer{1};  // of two nodes

const expiry::Slices kEnded("walk-arrivals/purge", "walk-arrivals/purge-bound", "walk_arrivals", "expires_at",
                            "walk_arrivals_by_expiry");

}  // namespace

void add_walk_arrival(storage::Connection& connection, std::string_view ticket, const Person& person,
                      time::Timestamp now) {
  connection.execute(
      "INSERT INTO walk_arrivals (hash, issuer, subject, expires_at) VALUES (:hash, :issuer, :subject, :expires_at)",
      ticket, person.issuer, person.subject, now + kWalkArrivalLife);
}

std::optional<ports::Identity> use_walk_arrival(storage::Connection& connection, std::string_view ticket,
                                                time::Timestamp now) {
  // One that ends later than any does was made by a clock that ran ahead: it would be good for as long.
  auto row = connection.one<std::string, std::string>(
      "SELECT issuer, subject FROM walk_arrivals WHERE hash = :hash AND expires_at > :now AND expires_at <= :latest",
      ticket, now, now + kWalkArrivalLife + kClocksDiffer);
  if (!row) return std::nullopt;
  // Of two at once one removes it.
  if (connection.execute("DELETE FROM walk_arrivals WHERE hash = :hash", ticket) != 1) return std::nullopt;
  return ports::Identity{std::get<0>(*std::move(row)), std::get<1>(*std::move(row))};
}

std::int64_t delete_walk_arrivals_ended_within(storage::Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kEnded, span, limit);
}

}  // namespace dontgoback::core::sign_in
