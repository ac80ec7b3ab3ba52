#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::push {

/// The outbox topic of pushes.
inline constexpr std::string_view kTopic = "pushes";

/// How soon a device that saves power should be woken (RFC 8030 section 5.3).
enum class Urgency { low, normal };

/// Something to be shown by one browser that is subscribed, whether a page is open there or not. It may lie on a locked
/// screen: nothing in it is private. All of it is well-formed UTF-8.
struct Message {
  std::int64_t subscription = 0;  ///< as ports::PushSubscriptions knows it
  std::string title;              ///< at most 100 bytes
  std::string body;               ///< at most 500 bytes
  std::string tag;                ///< at most 64 bytes: a later one replaces that of the same tag
  std::string path;               ///< of our own page, that opens: `/notifications`
  Urgency urgency = Urgency::normal;
  time::Timestamp until;  ///< when it is of no more use
};

/// So many pushes to a subscription wait for its push service at most; one more is in place of them all.
inline constexpr std::int64_t kMostWaiting = 20;

/// Writes the push to the outbox, in the transaction of its cause. Throws std::invalid_argument for one that is too
/// long.
void send(storage::Connection& connection, const Message& message, time::Timestamp now);

/// What an outbox row of the topic holds; nothing when that is no push.
std::optional<Message> read(std::string_view payload);

}  // namespace dontgoback::push
