#include "link_store.hpp"

#include "expiry/expiry.hpp"

namespace dontgoback::core::leaving {
namespace {

const expiry::Slices kEnded("leave-links/purge", "leave-links/purge-bound", "leave_links", "expires_at",
                            "leave_links_by_expiry");
// Not in order: a few, which are sorted where they are read.
const storage::Planned kOf("leave-links/of",
                           "SELECT wish, used_at, expires_at FROM leave_links {leave_links_by_user} WHERE user_id = "
                           ":user_id LIMIT 1000");
const storage::Planned kDeleteOf("leave-links/delete-all-of",
                                 "DELETE FROM leave_links {leave_links_by_user} WHERE user_id = :user_id");

}  // namespace

void add_link(storage::Connection& connection, std::string_view token, const Link& link) {
  connection.execute(
      "INSERT INTO leave_links (hash, user_id, wish, expires_at) VALUES (:hash, :user_id, :wish, :expires_at)", token,
      link.user, static_cast<int>(link.wish), link.expires_at);
}

std::optional<Link> find_link(storage::Connection& connection, std::string_view token) {
  const auto row = connection.one<UserId, int, std::optional<time::Timestamp>, time::Timestamp>(
      "SELECT user_id, wish, used_at, expires_at FROM leave_links WHERE hash = :hash", token);
  if (!row) return std::nullopt;
  return Link{std::get<0>(*row), Wish{std::get<1>(*row)}, std::get<2>(*row), std::get<3>(*row)};
}

void use_link(storage::Connection& connection, std::string_view token, time::Timestamp now) {
  connection.execute("UPDATE leave_links SET used_at = :now WHERE hash = :hash AND used_at IS NULL", now, token);
}

std::vector<Link> links_of(storage::Connection& connection, UserId user) {
  std::vector<Link> links;
  connection.each(kOf.on(connection), storage::args(user),
                  [&](int wish, std::optional<time::Timestamp> used_at, time::Timestamp expires_at) {
                    links.push_back({user, Wish{wish}, used_at, expires_at});
                  });
  return links;
}

void delete_links_of(storage::Connection& connection, UserId user) {
  connection.execute(kDeleteOf.on(connection), user);
}

std::int64_t delete_links_ended_within(storage::Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kEnded, span, limit);
}

}  // namespace dontgoback::core::leaving
