#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dontgoback/push/message.hpp"
#include "dontgoback/push/subscription.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "notices.hpp"

// Rows of `walker_devices`. Everything runs in the caller's transaction.
namespace dontgoback::walk::notices {

/// By what a device is reached: an app's token is all of its address.
struct Address {
  push::Channel channel = push::Channel::web;
  push::Subscription subscription;  ///< of an app: the token as `endpoint`, and no keys
};

struct DeviceRow {
  WalkerId walker;
  std::int64_t session = 0;
  Address address;
  bool failing = false;
};
std::optional<DeviceRow> find_device(storage::Connection& connection, std::int64_t id);

struct Known {
  std::int64_t id;
  std::int64_t session;
  push::Channel channel;
};
/// The last seen first.
std::vector<Known> devices_of(storage::Connection& connection, WalkerId walker);

/// Of the session, in place of what it had and of whoever had the same address: a device has one of each. The walker is
/// locked. Session 0 keeps others.
void put_device(storage::Connection& connection, WalkerId walker, std::int64_t session, const Address& address,
                time::Timestamp now);
void remove_device(storage::Connection& connection, std::int64_t id);
void remove_devices_of_session(storage::Connection& connection, WalkerId walker, std::int64_t session);
void remove_devices_of(storage::Connection& connection, WalkerId walker);
void set_device_failing(storage::Connection& connection, std::int64_t id, std::optional<time::Timestamp> since);

/// Some within the span, the oldest first. How many; 0: no more.
std::int64_t delete_unseen_within(storage::Connection& connection, const time::Span& span, int limit);
std::int64_t delete_failing_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::walk::notices
