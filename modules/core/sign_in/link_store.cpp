#include "link_store.hpp"

#include "links.hpp"

namespace dontgoback::core::sign_in {
namespace {

/// The command that makes a link may run on another machine.
constexpr std::chrono::minutes kClocksDiffer{1};

}  // namespace

void add_sign_in_link(storage::Connection& connection, std::string_view token, UserId user,
                      time::Timestamp expires_at) {
  connection.execute("INSERT INTO sign_in_links (hash, user_id, expires_at) VALUES (:hash, :user_id, :expires_at)",
                     token, user, expires_at);
}

std::optional<UserId> holder_of_link(storage::Connection& connection, std::string_view token, time::Timestamp now) {
  // One that ends later than any link does was made by a clock that ran ahead: it would be good for as long.
  const auto row = connection.one<UserId>(
      "SELECT user_id FROM sign_in_links WHERE hash = :hash AND used_at IS NULL AND expires_at > :now "
      "AND expires_at <= :latest",
      token, now, now + kLinkLife + kClocksDiffer);
  if (!row) return std::nullopt;
  return std::get<0>(*row);
}

bool use_sign_in_link(storage::Connection& connection, std::string_view token, time::Timestamp now) {
  return connection.execute("UPDATE sign_in_links SET used_at = :now WHERE hash = :hash AND used_at IS NULL", now,
                            token) == 1;
}

void delete_links_of(storage::Connection& connection, UserId user) {
  connection.execute("DELETE FROM sign_in_links WHERE user_id = :user_id", user);
}

std::int64_t delete_links_ended_within(storage::Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(
      connection,
      "SELECT MAX(expires_at) FROM (SELECT expires_at FROM sign_in_links WHERE expires_at >= :from_at AND "
      "expires_at < :until_at ORDER BY expires_at LIMIT :limit) ended",
      "DELETE FROM sign_in_links WHERE expires_at >= :from_at AND expires_at <= :bound", span, limit);
}

}  // namespace dontgoback::core::sign_in
