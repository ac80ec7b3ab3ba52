#pragma once

#include <functional>
#include <memory>
#include <string_view>

// What the processes of one service tell one another at once, and forget.
namespace dontgoback::shared {

inline constexpr std::size_t kLongestTopic = 64;      ///< bytes
inline constexpr std::size_t kLongestMessage = 1024;  ///< bytes

/// Ended by destroying it, before what its functions use: then neither is being called, and neither will be. From
/// within one of them it may be destroyed, too. It may outlive its State.
class Subscription {
 public:
  virtual ~Subscription() = default;
};

/// Messages between all that subscribed to a topic, in this process and, when Redis is configured, in every other node
/// of the service. A message is heard once at most and by those who are there; nothing is kept. So it may only hasten
/// what the database says anyway: publish after the commit, and when `lost` is called read the database again.
///
/// Any thread. Never blocks and never fails: what cannot be sent is lost to the others, who are told.
class State {
 public:
  using Heard = std::function<void(std::string_view message)>;
  using Lost = std::function<void()>;

  virtual ~State() = default;

  /// Topics are names from the code, perhaps with an id (`notifications/17`); messages are short: ids, not contents.
  /// Those of one publisher are heard in their order. std::logic_error for what is longer than allowed, or no topic.
  virtual void publish(std::string_view topic, std::string_view message) = 0;

  /// Functions of all subscriptions are called one after another, on a thread of the State's, which they must not
  /// block: no SQL, no I/O, no lock that is held meanwhile. `heard` is called with each message, those of this process
  /// included; `lost` when messages may have gone by unheard, also when none has: too many came at once, or the others
  /// could not be heard for a while (it is called when they can be again). What they throw is logged, and they are
  /// called again. Whoever begins with what the database says subscribes first and reads then.
  [[nodiscard]] virtual std::unique_ptr<Subscription> subscribe(std::string_view topic, Heard heard,
                                                                Lost lost = {}) = 0;
};

}  // namespace dontgoback::shared
