#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "dontgoback/limits/limiter.hpp"

namespace dontgoback::auth {

/// Who somebody says to be.
struct Claimant {
  std::string_view id;
  bool registered = false;  ///< there is a client of that id
};

/// Slows down whoever fails to authenticate. Failures are counted for a client at an address, for an address, and for a
/// client; past a few of them each one doubles the wait, up to a minute. The counts of the address and of the client
/// bear only on a client that has failed at this address itself, and not where it has authenticated before. There it is
/// judged while others make it wait, too, as often as leaves guessing hopeless: so nobody else, there or elsewhere, can
/// lock out one whose credentials are good. What has not failed for ten minutes is forgotten. Ids that nobody has are
/// counted apart, in the same way: however many somebody makes up, they take no space from those of clients. In steady
/// time. What the limiter cannot tell is taken for no failure. Any thread.
class FailureLimit {
 public:
  static constexpr std::int64_t kFreeForClientAtAddress = 5;
  static constexpr std::int64_t kFreeForAddress = 20;
  static constexpr std::int64_t kFreeForClient = 50;
  static constexpr std::chrono::seconds kLongestWait{60};
  static constexpr std::chrono::minutes kForgottenAfter{10};
  /// How often a client is judged beyond that, where it has authenticated before: so often at once, and again after
  /// that time. 100 a second cost little, and guess 40 random bits in three centuries.
  static constexpr std::int64_t kJudgedWhereKnown = 1'000;
  static constexpr std::chrono::seconds kJudgedAgainAfter{10};

  explicit FailureLimit(limits::Limiter& limiter) : limiter_(limiter) {}

  /// How long it must wait before it may try again from this address; nothing: it may. Of an IPv6 address the first 64
  /// bits count.
  std::optional<std::chrono::seconds> wait_for(const Claimant& claimant, std::string_view address);
  /// Of one that must wait: whether its credentials are looked at all the same. Wrong ones count no more.
  bool is_judged(const Claimant& claimant, std::string_view address);
  void failed(const Claimant& claimant, std::string_view address);
  void succeeded(std::string_view client, std::string_view address);

 private:
  limits::Count count(const limits::Tally& tally, std::string_view key) const;
  bool is_known(const Claimant& claimant, std::string_view place) const;

  limits::Limiter& limiter_;
};

}  // namespace dontgoback::auth
