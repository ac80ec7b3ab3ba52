#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/result.hpp"

namespace dontgoback::push {

/// What a browser gives, as it came: `PushSubscription.toJSON()` (Push API, section 8).
struct GivenKeys {
  std::string p256dh;
  std::string auth;
};
BOOST_DESCRIBE_STRUCT(GivenKeys, (), (p256dh, auth))

struct GivenSubscription {
  std::string endpoint;
  std::optional<double> expirationTime;  // of no use here: what has expired, its service says
  GivenKeys keys;
};
BOOST_DESCRIBE_STRUCT(GivenSubscription, (), (endpoint, expirationTime, keys))

/// The same once it is judged, keys still in base64url.
struct Subscription {
  std::string endpoint;
  std::string p256dh;
  std::string auth;
};

/// Judges it: invalid for an endpoint that nothing is pushed to (not https on port 443, or on this machine) and for
/// what are no keys. `test_service` is an origin that is taken besides; empty: none. Pure; a fuzzer may call it.
Result<Subscription> judge_subscription(const GivenSubscription& given, std::string_view test_service);
/// The same of its JSON.
Result<Subscription> read_subscription(std::string_view json, std::string_view test_service);

}  // namespace dontgoback::push
