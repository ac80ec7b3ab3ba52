#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "dontgoback/limits/limiter.hpp"

namespace dontgoback::auth {

/// Slows down whoever fails to authenticate. Failures are counted for a client at an address, for an address, and for a
/// client; past a few of them each one doubles the wait, up to a minute. The counts of the address and of the client
/// bear only on a client that has failed at this address itself, and not where it has authenticated before: so nobody
/// else, here or elsewhere, can lock out one whose credentials are good. What has not failed for ten minutes is
/// forgotten. In steady time. What the limiter cannot tell is taken for no failure. Any thread.
class FailureLimit {
 public:
  static constexpr std::int64_t kFreeForClientAtAddress = 5;
  static constexpr std::int64_t kFreeForAddress = 20;
  static constexpr std::int64_t kFreeForClient = 50;
  static constexpr std::chrono::seconds kLongestWait{60};
  static constexpr std::chrono::minutes kForgottenAfter{10};

  explicit FailureLimit(limits::Limiter& limiter) : limiter_(limiter) {}

  /// How long the client must wait before it may try again from this address; nothing: it may. Of an IPv6 address the
  /// first 64 bits count.
  std::optional<std::chrono::seconds> wait_for(std::string_view client, std::string_view address);
  void failed(std::string_view client, std::string_view address);
  void succeeded(std::string_view client, std::string_view address);

 private:
  limits::Count count(const limits::Tally& tally, std::string_view key) const;

  limits::Limiter& limiter_;
};

}  // namespace dontgoback::auth
