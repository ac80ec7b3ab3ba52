#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "dontgoback/security/jose/verification_keys.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::identity {

/// What a look at an issuer's keys found.
struct FoundKeys {
  bool changed = false;  ///< false: the same as last time, and not sent again
  std::string text;      ///< what they were read from
  security::VerificationKeys::Set keys;
};

/// Keys that live elsewhere. Looked at every five minutes and when a token names an unknown key (at most once in ten
/// seconds; every second while there are none), one look at a time, on a thread of its own. The first call with a set
/// that is five minutes old waits for the look, a little: after idling it must not trust a key that was retired
/// meanwhile. The last good set goes on while the issuer is away, and the same text keeps the same set. Spans are
/// steady time. Any thread that may block.
class RemoteKeys final : public security::VerificationKeys {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  /// One look, which must end by then; nothing when it found no keys.
  using Look = std::function<std::optional<FoundKeys>(Moment end)>;

  static constexpr std::chrono::seconds kLookLimit{3};

  /// `subject`, for the log: "the auth server's keys".
  RemoteKeys(std::string subject, Look look, const time::Clock& clock);

  std::shared_ptr<const Set> current() override { return current(Moment::max()); }
  std::shared_ptr<const Set> refreshed() override { return refreshed(Moment::max()); }
  /// The same, for a caller who waits no longer than `by`; the look goes on without it.
  std::shared_ptr<const Set> current(Moment by);
  std::shared_ptr<const Set> refreshed(Moment by);

 private:
  std::shared_ptr<const Set> look_again(std::unique_lock<std::mutex>& lock, Moment by);
  bool passed(Moment since, std::chrono::seconds pause) const { return clock_.steady() - since >= pause; }
  bool may_try() const;
  void start_look();
  void take(std::optional<FoundKeys> found);
  std::optional<FoundKeys> look() const noexcept;

  const std::string subject_;
  const Look look_;
  const time::Clock& clock_;

  std::mutex mutex_;
  std::condition_variable done_;
  std::shared_ptr<const Set> keys_;
  std::string text_;  // what they were read from
  Moment found_at_{};
  Moment tried_at_{};
  Moment started_{};
  bool tried_ = false;
  bool looking_ = false;
  bool failing_ = false;
  bool somebody_stays_ = false;  // until the look under way ends
  std::jthread looker_;          // last: it ends before what it uses
};

}  // namespace dontgoback::identity
