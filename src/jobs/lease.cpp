#include "lease.hpp"

#include <optional>

#include "dontgoback/result.hpp"
#include "dontgoback/security/crypto/hex.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"

namespace dontgoback::jobs {

namespace {

constexpr std::chrono::minutes kCannotBe{10};
constexpr std::chrono::seconds kExtendEvery{10};

std::optional<std::string> owner_of(storage::Connection& connection, std::string_view name) {
  auto row = connection.one<std::string>("SELECT owner FROM leases WHERE name = :name", name);
  if (!row) return std::nullopt;
  return std::move(std::get<0>(*row));
}

std::string_view insert_if_absent(storage::Dialect dialect) {
  return dialect == storage::Dialect::sqlite
             ? "INSERT OR IGNORE INTO leases (name, owner, expires_at) VALUES (:name, :owner, :expires_at)"
             : "INSERT IGNORE INTO leases (name, owner, expires_at) VALUES (:name, :owner, :expires_at)";
}

}  // namespace

std::string new_lease_owner(std::string_view node_name) {
  return std::string(node_name.substr(0, 64)) + '/' + security::hex(security::random_bytes(8));
}

// The row stays for the next holder. Taking begins with an update, which locks it: on MariaDB an insert of a row that
// is there would first share its lock, and two that do so end in a deadlock.
bool take_lease(storage::Connection& connection, std::string_view name, std::string_view owner, time::Timestamp now) {
  const time::Timestamp end = now + kLease;
  const auto taken = connection.execute(
      "UPDATE leases SET owner = :owner, expires_at = :end WHERE name = :name AND (expires_at <= :now OR expires_at > "
      ":cannot_be)",
      owner, end, name, now, now + kCannotBe);
  if (taken == 1) return true;
  if (const auto holder = owner_of(connection, name)) return *holder == owner;
  connection.execute(insert_if_absent(connection.dialect()), name, owner, end);
  return owner_of(connection, name) == owner;
}

bool extend_lease(storage::Connection& connection, std::string_view name, std::string_view owner, time::Timestamp now) {
  connection.execute("UPDATE leases SET expires_at = :end WHERE name = :name AND owner = :owner",
                     time::Timestamp(now + kLease), name, owner);
  return owner_of(connection, name) == owner;  // an update that changes nothing counts as no row on MariaDB
}

bool end_lease(storage::Connection& connection, std::string_view name, std::string_view owner) {
  return connection.execute("UPDATE leases SET owner = '', expires_at = 0 WHERE name = :name AND owner = :owner", name,
                            owner) == 1;
}

bool LeaseKeeper::keep() {
  const std::lock_guard lock(mutex_);
  const auto now = clock_.now();
  if (now >= extended_at_ && now - extended_at_ < kExtendEvery) return true;
  try {
    const bool kept =
        database_.write([&](storage::Connection& connection) { return extend_lease(connection, name_, owner_, now); });
    if (kept) extended_at_ = now;
    return kept;
  } catch (const Unavailable&) {
    return now >= extended_at_ && now - extended_at_ < kLease;
  }
}

}  // namespace dontgoback::jobs
