#pragma once

#include <chrono>
#include <map>
#include <string>

namespace dontgoback::push {

/// Which push services may be called now, so that none that is away or slow, a stranger's own at that, holds up the
/// others: neither by their time nor by the number of calls. Times are steady ones. One thread at a time.
class Origins {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Span = std::chrono::steady_clock::duration;

  /// Of all that have not been quick yet, one is called in so long,
  static constexpr std::chrono::seconds kUnknownEvery{10};
  /// and has so long to answer; one that was quick the last time has kTimeLimit.
  static constexpr std::chrono::seconds kUnknownTimeLimit{3};
  static constexpr std::chrono::seconds kTimeLimit{10};
  /// What takes longer, well or not, is not quick.
  static constexpr std::chrono::seconds kSlow{2};
  static constexpr std::chrono::seconds kLongestPause{900};
  /// So many calls to one at once.
  static constexpr int kAtOnce = 4;
  static constexpr std::size_t kRemembered = 256;

  struct Rules {
    int at_once = kAtOnce;
    std::chrono::seconds longest_pause = kLongestPause;
    /// Only services that the operator chose are called: each is taken for quick, however long it takes.
    bool trusted = false;
  };
  Origins() : Origins(Rules()) {}
  explicit Origins(Rules rules) : rules_(rules) {}

  struct Turn {
    std::chrono::seconds wait{0};  ///< 0: now
    std::chrono::seconds time_limit{0};
    bool busy = false;  ///< not now, but when one of the calls to it has ended
  };
  /// Asks for a call. `ended` or `failed` is to follow when it is made.
  Turn ask(const std::string& origin, Time now);
  /// It answered for what it was called for, whatever it said, within `took`.
  void ended(const std::string& origin, Time now, Span took);
  /// It did not, or wants to be left alone: for `pause`, or where that is 0 for a second, doubled at each failure that
  /// follows.
  void failed(const std::string& origin, Time now, Span took, std::chrono::seconds pause);

 private:
  struct State {
    bool quick = false;
    int failures = 0;
    int calls = 0;  ///< under way
    Time not_before{};
    Time used{};
  };
  State& remember(const std::string& origin, Time now);
  State& state_after(const std::string& origin, Time now, Span took);

  const Rules rules_;
  std::map<std::string, State> states_;
  Time next_unknown_{};
};

}  // namespace dontgoback::push
