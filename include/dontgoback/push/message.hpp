#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::push {

/// By what a device is reached: a browser's push service, or Firebase Cloud Messaging.
enum class Channel { web, fcm };

/// The topic of pushes to accounts' devices.
inline constexpr std::string_view kTopic = "pushes";

/// A device, as the module that keeps it knows it (ports::PushDevices).
struct Device {
  std::string topic{kTopic};  ///< ports::PushDevices::topic
  std::int64_t id = 0;
  Channel channel = Channel::web;
};

/// The outbox topic of pushes to a module's devices of a channel: each has its own, so that neither waits for another,
/// and only a node that knows the devices takes them. `topic` itself for browsers.
std::string topic_of(std::string_view topic, Channel channel);

/// How soon a device that saves power should be woken (RFC 8030 section 5.3).
enum class Urgency { low, normal };

/// Something to be shown by one device, whether a page or the app is open there or not. It may lie on a locked screen:
/// nothing in it is private. All of it is well-formed UTF-8.
struct Message {
  Device device = {};
  std::string title;  ///< at most 100 bytes
  std::string body;   ///< at most 500 bytes
  std::string tag;    ///< at most 64 bytes: a later one replaces that of the same tag
  std::string path;   ///< of our own page, that opens: `/notifications`
  Urgency urgency = Urgency::normal;
  time::Timestamp until;  ///< when it is of no more use
  /// What an app is given besides; browsers are not. At most 8, of at most 500 bytes each; names of ASCII letters,
  /// digits and `_`, and none that FCM keeps for itself (`from`, `message_type`, `google…`, `gcm…`).
  std::vector<std::pair<std::string, std::string>> data = {};
};

/// So many pushes to a device wait for its service at most; one more is in place of them all.
inline constexpr std::int64_t kMostWaiting = 20;

/// Writes the push to the outbox, in the transaction of its cause. Throws std::invalid_argument for one that is too
/// long.
void send(storage::Connection& connection, const Message& message, time::Timestamp now);

/// What an outbox row of such a topic holds, but for the topic and channel; nothing when that is no push.
std::optional<Message> read(std::string_view payload);

}  // namespace dontgoback::push
