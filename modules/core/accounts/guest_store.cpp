#include "dontgoback/storage/planned.hpp"
#include "guests.hpp"

namespace dontgoback::core::accounts {
namespace {

const storage::Planned kIdleGuests(
    "accounts/idle-guests",
    "SELECT id, last_seen_at FROM accounts {accounts_by_role_seen} "
    "WHERE role = 0 AND last_seen_at >= :seen AND last_seen_at < :before AND (last_seen_at > :same OR id > :id) "
    "ORDER BY last_seen_at, id LIMIT :limit");

}  // namespace

std::vector<Guest> idle_guests(storage::Connection& connection, const Guest& after, time::Timestamp before, int limit) {
  std::vector<Guest> guests;
  connection.each(kIdleGuests.on(connection),
                  storage::args(after.last_seen_at, before, after.last_seen_at, after.id, limit),
                  [&guests](UserId id, time::Timestamp last_seen_at) {
                    guests.push_back({id, last_seen_at});
                  });
  return guests;
}

std::optional<Guest> find_guest(storage::Connection& connection, UserId id) {
  const auto row = connection.one<time::Timestamp>("SELECT last_seen_at FROM accounts WHERE role = 0 AND id = :id", id);
  if (!row) return std::nullopt;
  return Guest{id, std::get<0>(*row)};
}

}  // namespace dontgoback::core::accounts
