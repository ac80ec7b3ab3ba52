#include "device_store.hpp"

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/storage/planned.hpp"
#include "walkers/slices_store.hpp"

namespace dontgoback::walk::notices {
namespace {

using storage::args;
using storage::Connection;
using storage::Planned;

/// A row says at most once in so long that it was seen.
constexpr std::chrono::hours kSeenEvery{24};

const Planned kOf("walker-devices/of-walker",
                  "SELECT id, session_id, channel FROM walker_devices {walker_devices_by_walker} WHERE walker_id = "
                  ":walker ORDER BY seen_at DESC, id DESC");
const Planned kRemoveOfSession("walker-devices/remove-of-session",
                               "DELETE FROM walker_devices {walker_devices_by_walker} WHERE walker_id = :walker AND "
                               "session_id = :session AND digest <> :digest");
const Planned kRemoveAllOf("walker-devices/remove-all-of",
                           "DELETE FROM walker_devices {walker_devices_by_walker} WHERE walker_id = :walker");

const walkers::Slices kUnseenOnes("walker-devices/purge", "walker-devices/purge-bound", "walker_devices", "seen_at",
                                  "walker_devices_by_seen");
const walkers::Slices kFailingOnes("walker-devices/purge-failing", "walker-devices/purge-failing-bound",
                                   "walker_devices", "failing_since", "walker_devices_by_failure");

/// Another than accounts' devices have of the same address: nothing here is the same as there.
std::string digest_of(const Address& address) {
  const auto of = (address.channel == push::Channel::fcm ? "walk/fcm|" : "walk/web|") + address.subscription.endpoint;
  return security::base64url_encode(security::bytes(security::sha256(of)));
}

}  // namespace

std::optional<DeviceRow> find_device(Connection& connection, std::int64_t id) {
  const auto found = connection.one<WalkerId, std::int64_t, int, std::string, std::string, std::string, bool>(
      "SELECT walker_id, session_id, channel, address, p256dh, auth, failing_since IS NOT NULL FROM walker_devices "
      "WHERE id = :id",
      id);
  if (!found) return std::nullopt;
  const auto& [walker, session, channel, endpoint, p256dh, auth, failing] = *found;
  return DeviceRow{walker, session, {static_cast<push::Channel>(channel), {endpoint, p256dh, auth}}, failing};
}

std::vector<Known> devices_of(Connection& connection, WalkerId walker) {
  std::vector<Known> devices;
  connection.each(kOf.on(connection), args(walker), [&](std::int64_t id, std::int64_t session, int channel) {
    devices.push_back({id, session, static_cast<push::Channel>(channel)});
  });
  return devices;
}

void put_device(Connection& connection, WalkerId walker, std::int64_t session, const Address& address,
                time::Timestamp now) {
  const auto digest = digest_of(address);
  const auto& [endpoint, p256dh, auth] = address.subscription;
  if (session != 0) connection.execute(kRemoveOfSession.on(connection), walker, session, digest);
  const auto there =
      connection.one<std::int64_t, WalkerId, std::int64_t, std::string, std::string, bool, time::Timestamp>(
          "SELECT id, walker_id, session_id, p256dh, auth, failing_since IS NOT NULL, seen_at FROM walker_devices "
          "WHERE digest = :digest",
          digest);
  if (there) {
    const auto& [id, whose, at, old_p256dh, old_auth, failing, seen_at] = *there;
    if (whose == walker) {
      const bool same = at == session && old_p256dh == p256dh && old_auth == auth && !failing;
      if (same && seen_at <= now && seen_at > now - kSeenEvery) return;
      connection.execute(
          "UPDATE walker_devices SET session_id = :session, p256dh = :p256dh, auth = :auth, seen_at = :seen_at, "
          "failing_since = NULL WHERE id = :id",
          session, p256dh, auth, now, id);
      return;
    }
    remove_device(connection, id);  // what waits for whose it was is of no more use
  }
  auto others = devices_of(connection, walker);
  for (; others.size() >= kMostDevices; others.pop_back()) remove_device(connection, others.back().id);
  connection.execute(
      "INSERT INTO walker_devices (walker_id, session_id, channel, digest, address, p256dh, auth, seen_at) VALUES "
      "(:walker, :session, :channel, :digest, :address, :p256dh, :auth, :seen_at)",
      walker, session, static_cast<int>(address.channel), digest, endpoint, p256dh, auth, now);
}

void remove_device(Connection& connection, std::int64_t id) {
  connection.execute("DELETE FROM walker_devices WHERE id = :id", id);
}

void remove_devices_of_session(Connection& connection, WalkerId walker, std::int64_t session) {
  connection.execute(kRemoveOfSession.on(connection), walker, session, "");
}

void remove_devices_of(Connection& connection, WalkerId walker) {
  connection.execute(kRemoveAllOf.on(connection), walker);
}

void set_device_failing(Connection& connection, std::int64_t id, std::optional<time::Timestamp> since) {
  connection.execute("UPDATE walker_devices SET failing_since = :since WHERE id = :id", since, id);
}

std::int64_t delete_unseen_within(Connection& connection, const time::Span& span, int limit) {
  return kUnseenOnes.remove_some(connection, span, limit);
}

std::int64_t delete_failing_within(Connection& connection, const time::Span& span, int limit) {
  return kFailingOnes.remove_some(connection, span, limit);
}

}  // namespace dontgoback::walk::notices
