#include "dontgoback/identity/remote_keys.hpp"

#include <algorithm>
#include <utility>

#include "dontgoback/telemetry/log.hpp"

namespace dontgoback::identity {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Steady = std::chrono::steady_clock;

constexpr seconds kPauseWithoutKeys{1};
constexpr seconds kCooldown{10};
constexpr seconds kMaxAge{300};
/// How long a caller waits for a look once one has failed: long enough for an issuer that is back, short enough not to
/// hold up every request while it is away. Without any keys one caller waits for the whole look: all else it could be
/// told is to come again.
constexpr milliseconds kPatienceAfterFailure{300};

}  // namespace

RemoteKeys::RemoteKeys(std::string subject, Look look, const time::Clock& clock)
    : subject_(std::move(subject)), look_(std::move(look)), clock_(clock) {}

std::shared_ptr<const RemoteKeys::Set> RemoteKeys::current(Moment by) {
  std::unique_lock lock(mutex_);
  if (keys_ && !passed(found_at_, kMaxAge)) return keys_;
  return look_again(lock, by);
}

std::shared_ptr<const RemoteKeys::Set> RemoteKeys::refreshed(Moment by) {
  std::unique_lock lock(mutex_);
  return look_again(lock, by);
}

/// The keys after the look that is under way or begins now, or those known before when it takes too long or must wait.
std::shared_ptr<const RemoteKeys::Set> RemoteKeys::look_again(std::unique_lock<std::mutex>& lock, Moment by) {
  if (may_try()) start_look();
  const bool stays = failing_ && !keys_ && !somebody_stays_;
  const milliseconds patience = failing_ && !stays ? kPatienceAfterFailure : kLookLimit;
  if (stays) somebody_stays_ = true;
  done_.wait_until(lock, std::min(started_ + patience, by), [this] { return !looking_; });
  if (stays) somebody_stays_ = false;
  return keys_;
}

bool RemoteKeys::may_try() const {
  return !looking_ && (!tried_ || passed(tried_at_, keys_ ? kCooldown : kPauseWithoutKeys));
}

void RemoteKeys::start_look() {
  // The look before has ended; this one cannot end before the lock is given back.
  looker_ = std::jthread([this] { take(look()); });
  looking_ = tried_ = true;
  tried_at_ = clock_.steady();
  started_ = Steady::now();
}

void RemoteKeys::take(std::optional<FoundKeys> found) {
  const std::lock_guard lock(mutex_);
  if (found) {
    found_at_ = clock_.steady();
    // The same text: verifiers go on trusting what they have verified with the set they know.
    if (found->changed && found->text != text_) {
      text_ = std::move(found->text);
      keys_ = std::make_shared<const Set>(std::move(found->keys));
    }
  }
  failing_ = !found;
  looking_ = false;
  done_.notify_all();
}

std::optional<FoundKeys> RemoteKeys::look() const noexcept try {
  return look_(Steady::now() + kLookLimit);
} catch (const std::exception& broken) {
  telemetry::log_error("fetching keys failed", {{"of", subject_}, {"cause", broken.what()}});
  return std::nullopt;
}

}  // namespace dontgoback::identity
