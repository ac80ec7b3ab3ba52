#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "dontgoback/time/clock.hpp"

namespace dontgoback::auth {

/// Slows down whoever fails to authenticate. Failures are counted for a client at an address, for an address, and for a
/// client; past a few of them each one doubles the wait, up to a minute. The counts of the address and of the client
/// bear only on a client that has failed at this address itself, and not where it has authenticated before: so nobody
/// else, here or elsewhere, can lock out one whose credentials are good. What has not failed for ten minutes is
/// forgotten. In steady time. Bounded; in memory, for this process. Any thread.
class FailureLimit {
 public:
  static constexpr int kFreeForClientAtAddress = 5;
  static constexpr int kFreeForAddress = 20;
  static constexpr int kFreeForClient = 50;
  static constexpr std::chrono::seconds kLongestWait{60};
  static constexpr std::chrono::minutes kForgottenAfter{10};
  /// Of each of the three counts, and of the places where clients have authenticated.
  static constexpr std::size_t kMost = 4096;

  explicit FailureLimit(const time::Clock& clock) : clock_(clock) {}

  /// How long the client must wait before it may try again from this address; nothing: it may. Of an IPv6 address the
  /// first 64 bits count.
  std::optional<std::chrono::seconds> wait_for(std::string_view client, std::string_view address);
  void failed(std::string_view client, std::string_view address);
  void succeeded(std::string_view client, std::string_view address);

 private:
  using Moment = std::chrono::steady_clock::time_point;
  struct Failures {
    int count = 0;
    Moment last{};
  };
  using Counts = std::unordered_map<std::string, Failures>;

  std::optional<Moment> free_at(const Counts& counts, const std::string& key, int free) const;
  void add(Counts& counts, const std::string& key);

  const time::Clock& clock_;
  std::mutex mutex_;
  Counts at_address_;  // by client and address
  Counts addresses_;
  Counts clients_;
  std::unordered_map<std::string, Moment> known_places_;  // by client and address
};

}  // namespace dontgoback::auth
