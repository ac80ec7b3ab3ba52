#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "dontgoback/ports/token_source.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::auth {

/// The TokenSource both of a node that signs its own tokens and of one that asks for them: keeps the token, renews it
/// when less than a minute remains, one renewal in flight however many wait. A renewal that failed is not tried again
/// for a second; while it fails, a token that is good for another 30 s still serves. In steady time.
class TokenKeeper final : public ports::TokenSource {
 public:
  /// Gets a new token, within a time limit of its own. Called without locks held, by one thread at a time.
  using Fetch = std::function<Result<std::string>()>;

  TokenKeeper(Fetch fetch, const time::Clock& clock) : fetch_(std::move(fetch)), clock_(clock) {}

  Result<std::string> token() override;
  void forget(const std::string& refused) override;

 private:
  using Moment = std::chrono::steady_clock::time_point;

  bool good_for(std::chrono::seconds remaining) const;
  void renew(std::unique_lock<std::mutex>& lock);

  const Fetch fetch_;
  const time::Clock& clock_;

  std::mutex mutex_;
  std::condition_variable renewed_;
  bool renewing_ = false;
  std::string token_;
  Moment ends_{};
  std::optional<Failure> failure_;  // of the last renewal
  Moment failed_at_{};
};

/// How long a token is good for, by its own `exp` and `iat`, so that the clocks of two machines need not agree; by
/// `exp` and `now` when it has no `iat`. Nothing when it is no token.
std::optional<std::chrono::seconds> lifetime_of(const std::string& token, time::Timestamp now);

}  // namespace dontgoback::auth
