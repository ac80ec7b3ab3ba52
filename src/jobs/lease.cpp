#include "lease.hpp"

#include "dontgoback/result.hpp"
#include "dontgoback/security/hash.hpp"

namespace dontgoback::jobs {

namespace {

constexpr std::chrono::minutes kCannotBe{10};
constexpr std::chrono::seconds kExtendEvery{10};

bool has_lease(storage::Connection& connection, std::string_view name, std::string_view owner) {
  return connection.one<std::int64_t>("SELECT 1 FROM leases WHERE name = :name AND owner = :owner", name, owner)
      .has_value();
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

bool take_lease(storage::Connection& connection, std::string_view name, std::string_view owner, time::Timestamp now) {
  const time::Timestamp end = now + kLease;
  if (connection.execute(insert_if_absent(connection.dialect()), name, owner, end) == 1) return true;
  connection.execute(
      "UPDATE leases SET owner = :owner, expires_at = :end WHERE name = :name AND (expires_at <= :now OR expires_at > "
      ":cannot_be)",
      owner, end, name, now, now + kCannotBe);
  return has_lease(connection, name, owner);
}

bool extend_lease(storage::Connection& connection, std::string_view name, std::string_view owner, time::Timestamp now) {
  connection.execute("UPDATE leases SET expires_at = :end WHERE name = :name AND owner = :owner",
                     time::Timestamp(now + kLease), name, owner);
  return has_lease(connection, name, owner);  // an update that changes nothing counts as no row on MariaDB
}

bool end_lease(storage::Connection& connection, std::string_view name, std::string_view owner) {
  return connection.execute("DELETE FROM leases WHERE name = :name AND owner = :owner", name, owner) == 1;
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
