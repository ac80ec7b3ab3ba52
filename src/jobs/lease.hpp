#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>

#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"

// A lease: the right, for a minute at a time, to do what only one node may do. The nodes' clocks must agree to a few
// seconds. A lease that ends more than ten minutes from now was taken by a clock that was wrong, and counts as ended.
namespace dontgoback::jobs {

inline constexpr std::chrono::seconds kLease{60};

/// Who holds it: different for every holder, also of the same node. The node's name is cut to 64 characters.
std::string new_lease_owner(std::string_view node_name);

/// Each in the transaction of its connection. False: another owner has it.
bool take_lease(storage::Connection& connection, std::string_view name, std::string_view owner, time::Timestamp now);
bool extend_lease(storage::Connection& connection, std::string_view name, std::string_view owner, time::Timestamp now);
bool end_lease(storage::Connection& connection, std::string_view name, std::string_view owner);

/// Keeps a lease that was taken `at`, writing every ten seconds at most. Any thread.
class LeaseKeeper {
 public:
  LeaseKeeper(storage::Database& database, const time::Clock& clock, std::string name, std::string owner,
              time::Timestamp at)
      : database_(database), clock_(clock), name_(std::move(name)), owner_(std::move(owner)), extended_at_(at) {}

  /// True: for at least another 50 s nobody else has it; less while the database is away. False: it is lost.
  bool keep();

 private:
  storage::Database& database_;
  const time::Clock& clock_;
  const std::string name_;
  const std::string owner_;
  std::mutex mutex_;
  time::Timestamp extended_at_;
};

}  // namespace dontgoback::jobs
