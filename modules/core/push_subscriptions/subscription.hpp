#pragma once

#include <string>
#include <string_view>

#include "dontgoback/result.hpp"

namespace dontgoback::core::push_subscriptions {

/// What a browser gives: `PushSubscription.toJSON()` (Push API, section 8), keys still in base64url.
struct Subscription {
  std::string endpoint;
  std::string p256dh;
  std::string auth;
};

/// Reads and judges it: invalid for what is none, and for an endpoint that nothing is pushed to: one that is not https
/// on port 443, or on this machine. `test_service` is an origin that is taken besides; empty: none. Pure; a fuzzer may
/// call it.
Result<Subscription> read_subscription(std::string_view json, std::string_view test_service);

}  // namespace dontgoback::core::push_subscriptions
