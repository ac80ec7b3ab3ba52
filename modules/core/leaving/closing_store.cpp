#include "closing_store.hpp"

#include "dontgoback/storage/planned.hpp"

namespace dontgoback::core::leaving {
namespace {

const storage::Planned kClosings(
    "leaving/closings",
    "SELECT user_id, since FROM closings {closings_by_moment} WHERE since >= :from_at AND since < :before AND (since > "
    ":same OR user_id > :user_id) ORDER BY since, user_id LIMIT :limit");

}  // namespace

void add_closing(storage::Connection& connection, const Closing& closing) {
  connection.execute("INSERT INTO closings (user_id, since) VALUES (:user_id, :since)", closing.user, closing.since);
}

std::optional<Closing> find_closing(storage::Connection& connection, UserId user) {
  const auto row = connection.one<time::Timestamp>("SELECT since FROM closings WHERE user_id = :user_id", user);
  if (!row) return std::nullopt;
  return Closing{user, std::get<0>(*row)};
}

void drop_closing(storage::Connection& connection, UserId user) {
  connection.execute("DELETE FROM closings WHERE user_id = :user_id", user);
}

std::vector<Closing> closings(storage::Connection& connection, const Closing& after, time::Timestamp before,
                              int limit) {
  std::vector<Closing> found;
  connection.each(kClosings.on(connection), storage::args(after.since, before, after.since, after.user, limit),
                  [&found](UserId user, time::Timestamp since) {
                    found.push_back({user, since});
                  });
  return found;
}

}  // namespace dontgoback::core::leaving
