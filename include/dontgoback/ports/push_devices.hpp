#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dontgoback/time/clock.hpp"

namespace dontgoback::ports {

/// A browser that may be pushed to.
struct PushSubscription {
  std::string endpoint;    ///< a stranger's URL, and a secret: who knows it may push. Never logged
  std::string p256dh;      ///< its public key, an uncompressed point of 65 bytes
  std::string auth;        ///< 16 bytes
  bool for_tests = false;  ///< it is at the stand-in that the configuration names, which need not be a public address
};

/// An app that may be pushed to by Firebase Cloud Messaging.
struct FcmToken {
  std::string token;  ///< a secret, as an endpoint is
};

struct PushDevice {
  std::variant<PushSubscription, FcmToken> address;
  bool refused = false;  ///< as was noted
};

/// Devices of the people that a module knows, told apart by its name (`Ports::offer` by name): "core" has accounts',
/// "walk" walkers'. Offered where the module runs. Blocks; any thread; throws as the database does.
class PushDevices {
 public:
  enum class Outcome {
    fine,     ///< it was brought a push
    refused,  ///< it is there and its service does not take it, for another reason; after a week of that it is removed
    gone,     ///< its service knows the device no more: it is removed
  };
  virtual ~PushDevices() = default;
  /// Nothing when the device is no more, when whose it is has signed out there, and in their quiet hours: nothing is to
  /// be pushed then.
  virtual std::optional<PushDevice> find(std::int64_t device) = 0;
  virtual void note(std::int64_t device, Outcome outcome) = 0;
  /// Those of somebody, by the number that the module knows them by.
  virtual std::vector<std::int64_t> of(std::int64_t holder) = 0;
  /// What pushes to them are written under (push::Device): "pushes".
  virtual std::string_view topic() const = 0;
  /// Where its browsers ask for the key that they subscribe with: a path of the module's own, which push serves.
  virtual std::string_view key_path() const = 0;
};

}  // namespace dontgoback::ports
