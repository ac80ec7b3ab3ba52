#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dontgoback/id.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::ports {

/// A browser that may be pushed to.
struct PushSubscription {
  std::string endpoint;    ///< a stranger's URL, and a secret: who knows it may push. Never logged
  std::string p256dh;      ///< its public key, an uncompressed point of 65 bytes
  std::string auth;        ///< 16 bytes
  bool for_tests = false;  ///< it is at the stand-in that the configuration names, which need not be a public address
  bool refused = false;    ///< as was noted
};

/// Which browsers are subscribed. Offered by the core module where it runs. Blocks; any thread; throws as the database
/// does.
class PushSubscriptions {
 public:
  enum class Outcome {
    fine,     ///< the push service took a push
    refused,  ///< it is there and does not take it, for another reason; after a week of that it is removed
    gone,     ///< it knows the subscription no more: the subscription is removed
  };
  virtual ~PushSubscriptions() = default;
  /// Nothing when the subscription is no more, when whose it is has signed out there, and in their quiet hours: nothing
  /// is to be pushed then.
  virtual std::optional<PushSubscription> find(std::int64_t subscription) = 0;
  virtual void note(std::int64_t subscription, Outcome outcome) = 0;
  /// Those of an account.
  virtual std::vector<std::int64_t> of(UserId user) = 0;
};

}  // namespace dontgoback::ports
