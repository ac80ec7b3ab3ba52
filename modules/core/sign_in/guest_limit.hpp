#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace dontgoback::core::sign_in {

/// How many guests an address may make: `per_hour` at once, then one each time the hour's share has passed (GCRA, the
/// leaky bucket as a meter of ITU-T I.371). IPv6 counts by /64, which is what one household has. Kept in this node's
/// memory for at most 65 536 addresses. Any thread.
class GuestLimit {
 public:
  static constexpr std::size_t kMaxAddresses = 65'536;
  using Moment = std::chrono::steady_clock::time_point;  ///< Clock::steady, which nobody sets
  explicit GuestLimit(int per_hour);

  /// Takes one of the address's share. Nothing: it may. Else how long to wait, at least a second.
  std::optional<std::chrono::seconds> take(std::string_view address, Moment now);

 private:
  void make_space(Moment now);

  const std::chrono::milliseconds share_;
  std::mutex mutex_;
  std::unordered_map<std::string, Moment> full_again_;  // when the address has its whole share again
  Moment next_sweep_{};
};

/// What an address is counted under: IPv4 as it is, IPv6 as its first 64 bits.
std::string address_group(std::string_view address);

}  // namespace dontgoback::core::sign_in
