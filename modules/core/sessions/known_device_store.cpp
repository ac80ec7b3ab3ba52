#include "known_device_store.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "dontgoback/storage/planned.hpp"

namespace dontgoback::core::sessions {
namespace {

const storage::Planned kOfUser("known-devices/of-user",
                               "SELECT device, last_used_at FROM known_devices {PRIMARY} WHERE user_id = :user_id");
const storage::Planned kDeleteOf("known-devices/delete-all-of",
                                 "DELETE FROM known_devices {PRIMARY} WHERE user_id = :user_id");

void forget(storage::Connection& connection, UserId user, std::string_view device) {
  connection.execute("DELETE FROM known_devices WHERE user_id = :user_id AND device = :device", user, device);
}

}  // namespace

Acquaintance note_device(storage::Connection& connection, UserId user, std::string_view device, time::Timestamp now) {
  if (connection.execute("UPDATE known_devices SET last_used_at = :now WHERE user_id = :user_id AND device = :device",
                         now, user, device) == 1) {
    return Acquaintance::known;
  }
  std::vector<std::pair<time::Timestamp, std::string>> others;
  connection.each(kOfUser.on(connection), storage::args(user), [&](std::string other, time::Timestamp last_used_at) {
    others.emplace_back(last_used_at, std::move(other));
  });
  std::ranges::sort(others);
  for (std::size_t i = 0; i + kKnownDevices <= others.size(); ++i) forget(connection, user, others[i].second);
  connection.execute("INSERT INTO known_devices (user_id, device, last_used_at) VALUES (:user_id, :device, :now)", user,
                     device, now);
  return others.empty() ? Acquaintance::first : Acquaintance::unknown;
}

void forget_devices_of(storage::Connection& connection, UserId user) {
  connection.execute(kDeleteOf.on(connection), user);
}

}  // namespace dontgoback::core::sessions
