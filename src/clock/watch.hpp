#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/time/clock.hpp"

namespace dontgoback::clock {

/// What else than its own steadiness says that the machine's clock is right.
struct Sources {
  bool trusted = false;                ///< the operator says so
  std::filesystem::path synchronized;  ///< touched whenever a time server has set the clock (systemd-timesyncd(8))
};

/// Watches the wall clock against steady time. The clock is confirmed when the operator trusts it; when the file is
/// there, and was touched within a day and since the clock was last set; or when it has run evenly for kEvenFor. Any
/// thread.
class Watch {
 public:
  static constexpr std::chrono::hours kEvenFor{24};
  /// Wall and steady time differ by more than this from what they did: the clock was set. A time server's corrections
  /// while it runs are smaller, or are steps after which the file is touched.
  static constexpr std::chrono::seconds kEven{5};
  /// systemd-timesyncd asks at least every 34 minutes. A touch that is older than this by the clock, or ahead of it,
  /// was of another time: the clock was set since, maybe before this process began.
  static constexpr std::chrono::hours kTouchedWithin{24};
  static constexpr std::chrono::minutes kTouchedAhead{5};

  Watch(const time::Clock& clock, Sources sources);

  enum class By { nothing, operator_, time_server, evenness };
  struct Look {
    time::Timestamp now;
    std::chrono::steady_clock::time_point steady;
    By by = By::nothing;
    bool confirmed() const { return by != By::nothing; }
    std::chrono::milliseconds settled;  ///< steady time since it was set; max() when it was not, in this process
  };
  /// Looks at the clock. To be called every few seconds, and by whoever asks.
  Look look();
  /// By how much the clock was set since this was last asked.
  std::optional<time::Timestamp::duration> take_jump();

 private:
  using Stamp = std::optional<std::int64_t>;  // of the file's last touch; nothing when it is not there
  Stamp stamp() const;
  bool touched_lately(time::Timestamp now) const;

  const time::Clock& clock_;
  const Sources sources_;
  std::mutex mutex_;
  std::chrono::steady_clock::time_point even_since_;
  time::Timestamp::duration ahead_of_steady_;  // the wall clock, at even_since_
  Stamp last_stamp_;
  Stamp stamp_before_jump_;  // says nothing about the clock since
  std::optional<time::Timestamp::duration> jump_;
  bool was_set_ = false;
};

/// What confirms the clock, or what follows from nothing doing so: for people.
std::string_view describe(Watch::By by);

/// `+15 d 00:00:02`, `-01:00:00`.
std::string describe(time::Timestamp::duration jump);

}  // namespace dontgoback::clock
