#include "purge_store.hpp"

#include <string_view>

namespace dontgoback::core::sign_in {
namespace {

struct EndedRows {
  std::string_view bound, remove;
};

// A bound first, then a range: MariaDB 10.11 would walk the whole table for a DELETE … WHERE id IN (SELECT …).
EndedRows ended_rows(Expiring table) {
  switch (table) {
    case Expiring::sessions:
      return {
          "SELECT MAX(expires_at) FROM (SELECT expires_at FROM sessions WHERE expires_at >= :from_at AND expires_at < "
          ":until_at "
          "ORDER BY expires_at LIMIT :limit) ended",
          "DELETE FROM sessions WHERE expires_at >= :from_at AND expires_at <= :bound"};
    case Expiring::refresh_tokens:
      return {
          "SELECT MAX(expires_at) FROM (SELECT expires_at FROM refresh_tokens WHERE expires_at >= :from_at AND "
          "expires_at < :until_at "
          "ORDER BY expires_at LIMIT :limit) ended",
          "DELETE FROM refresh_tokens WHERE expires_at >= :from_at AND expires_at <= :bound"};
    case Expiring::sign_in_links:
      return {
          "SELECT MAX(expires_at) FROM (SELECT expires_at FROM sign_in_links WHERE expires_at >= :from_at AND "
          "expires_at < :until_at "
          "ORDER BY expires_at LIMIT :limit) ended",
          "DELETE FROM sign_in_links WHERE expires_at >= :from_at AND expires_at <= :bound"};
    case Expiring::idempotency_keys:
      break;
  }
  return {
      "SELECT MAX(created_at) FROM (SELECT created_at FROM idempotency_keys WHERE created_at >= :from_at AND "
      "created_at < :until_at "
      "ORDER BY created_at LIMIT :limit) ended",
      "DELETE FROM idempotency_keys WHERE created_at >= :from_at AND created_at <= :bound"};
}

}  // namespace

std::vector<Guest> idle_guests(storage::Connection& connection, const Guest& after, time::Timestamp before, int limit) {
  std::vector<Guest> guests;
  connection.each(
      "SELECT id, last_seen_at, EXISTS (SELECT 1 FROM posts WHERE user_id = accounts.id) OR "
      "EXISTS (SELECT 1 FROM comments WHERE user_id = accounts.id) FROM accounts "
      "WHERE role = 0 AND last_seen_at >= :seen AND last_seen_at < :before AND (last_seen_at > :same OR id > :id) "
      "ORDER BY last_seen_at, id LIMIT :limit",
      storage::args(after.last_seen_at, before, after.last_seen_at, after.id, limit),
      [&guests](UserId id, time::Timestamp last_seen_at, int wrote) {
        guests.push_back({id, last_seen_at, wrote != 0});
      });
  return guests;
}

std::optional<Guest> find_guest(storage::Connection& connection, UserId id) {
  const auto row = connection.one<time::Timestamp, int>(
      "SELECT last_seen_at, EXISTS (SELECT 1 FROM posts WHERE user_id = accounts.id) OR "
      "EXISTS (SELECT 1 FROM comments WHERE user_id = accounts.id) FROM accounts WHERE role = 0 AND id = :id",
      id);
  if (!row) return std::nullopt;
  return Guest{id, std::get<0>(*row), std::get<1>(*row) != 0};
}

std::int64_t remove_ended(storage::Connection& connection, Expiring table, const time::Span& span, int limit) {
  const auto rows = ended_rows(table);
  const auto bound = connection.one<std::optional<time::Timestamp>>(rows.bound, span.from, span.until, limit);
  if (!bound || !std::get<0>(*bound)) return 0;
  return connection.execute(rows.remove, span.from, *std::get<0>(*bound));
}

}  // namespace dontgoback::core::sign_in
