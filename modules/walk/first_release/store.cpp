#include "store.hpp"

#include <algorithm>

#include "dontgoback/storage/planned.hpp"
#include "friends/friends.hpp"

namespace dontgoback::walk::first_release {
namespace {

using storage::args;
using storage::Connection;
using storage::Planned;

const Planned kFriends("first-release/friends",
                       "SELECT r.walker_id, r.public_uuid, CASE WHEN " + walkers::shares_steps("w") +
                           " THEN 1 ELSE 0 END " + friends::planned_friends() +
                           "CROSS JOIN first_release_walkers r {PRIMARY} ON r.walker_id = f.other_id " +
                           walkers::planned_join("w", "r.walker_id") + " WHERE " + friends::is_friend_of() + " AND " +
                           walkers::is_active("w") + " ORDER BY f.other_id LIMIT :limit");
const Planned kUsed("first-release/unused",
                    "SELECT walker_id, public_uuid, used_at FROM first_release_walkers {first_release_walkers_by_use} "
                    "WHERE used_at >= :from_at AND used_at < :until_at ORDER BY used_at, walker_id LIMIT :limit");

std::string_view bytes_of(const walkers::Uuid& uuid) {
  return {reinterpret_cast<const char*>(uuid.bytes.data()), uuid.bytes.size()};
}

walkers::Uuid uuid_of(std::string_view bytes) {
  walkers::Uuid uuid;
  std::copy_n(bytes.begin(), std::min(bytes.size(), uuid.bytes.size()), uuid.bytes.begin());
  return uuid;
}

std::optional<Row> row_of(const std::optional<std::tuple<WalkerId, std::string, time::Timestamp>>& found) {
  if (!found) return std::nullopt;
  return Row{std::get<0>(*found), uuid_of(std::get<1>(*found)), std::get<2>(*found)};
}

}  // namespace

void add(Connection& connection, WalkerId id, std::string_view secret, time::Timestamp now) {
  const auto public_uuid = walkers::random_uuid();
  connection.execute(
      "INSERT INTO first_release_walkers (walker_id, secret, public_uuid, folded, refresh_serial, "
      "renewed_at, renewed_before, used_at) VALUES (:walker, :secret, :uuid, NULL, 0, 0, 0, :now)",
      id, secret, bytes_of(public_uuid), now);
}

std::optional<Row> find_by_secret(Connection& connection, std::string_view secret) {
  return row_of(connection.one<WalkerId, std::string, time::Timestamp>(
      "SELECT walker_id, public_uuid, used_at FROM first_release_walkers WHERE secret = :secret", secret));
}

std::optional<Row> find_by_public(Connection& connection, const walkers::Uuid& uuid) {
  return row_of(connection.one<WalkerId, std::string, time::Timestamp>(
      "SELECT walker_id, public_uuid, used_at FROM first_release_walkers WHERE public_uuid = :uuid", bytes_of(uuid)));
}

std::optional<Row> find(Connection& connection, WalkerId id) {
  return row_of(connection.one<WalkerId, std::string, time::Timestamp>(
      "SELECT walker_id, public_uuid, used_at FROM first_release_walkers WHERE walker_id = :walker", id));
}

std::optional<WalkerId> find_by_folded(Connection& connection, std::string_view folded) {
  const auto found =
      connection.one<WalkerId>("SELECT walker_id FROM first_release_walkers WHERE folded = :folded", folded);
  return found ? std::optional(std::get<0>(*found)) : std::nullopt;
}

void remove(Connection& connection, WalkerId id) {
  connection.execute("DELETE FROM first_release_walkers WHERE walker_id = :walker", id);
}

bool set_folded(Connection& connection, WalkerId id, const std::optional<std::string>& folded) {
  try {
    connection.execute("UPDATE first_release_walkers SET folded = :folded WHERE walker_id = :walker", folded, id);
    return true;
  } catch (const storage::DuplicateKey&) {
    return false;
  }
}

void set_used(Connection& connection, WalkerId id, time::Timestamp now) {
  connection.execute("UPDATE first_release_walkers SET used_at = :now WHERE walker_id = :walker", now, id);
}

Chain chain_of(Connection& connection, WalkerId id) {
  Chain chain;
  connection.each(
      "SELECT refresh_serial, renewed_at, renewed_before FROM first_release_walkers WHERE walker_id = :walker",
      args(id), [&chain](std::int64_t serial, time::Timestamp at, time::Timestamp before) {
        chain = {serial, at, before};
      });
  return chain;
}

void set_chain(Connection& connection, WalkerId id, const Chain& chain) {
  connection.execute(
      "UPDATE first_release_walkers SET refresh_serial = :serial, renewed_at = :at, renewed_before = :before WHERE "
      "walker_id = :walker",
      chain.serial, chain.renewed_at, chain.renewed_before, id);
}

std::vector<Friend> friends_of(Connection& connection, WalkerId id) {
  std::vector<Friend> found;
  connection.each(kFriends.on(connection), args(id, friends::kMostFriends),
                  [&found](WalkerId other, std::string_view uuid, int shares) {
                    found.push_back({other, uuid_of(uuid), shares != 0});
                  });
  return found;
}

std::vector<Row> used_within(Connection& connection, const time::Span& span, int limit) {
  std::vector<Row> found;
  connection.each(kUsed.on(connection), args(span.from, span.until, limit),
                  [&found](WalkerId id, std::string_view uuid, time::Timestamp used_at) {
                    found.push_back({id, uuid_of(uuid), used_at});
                  });
  return found;
}

}  // namespace dontgoback::walk::first_release
