#pragma once

#include <chrono>
#include <string>

#include "answer.hpp"
#include "dontgoback/http/client.hpp"
#include "dontgoback/ports/push_devices.hpp"
#include "dontgoback/push/message.hpp"
#include "vapid.hpp"

namespace dontgoback::push {

/// From the status of a push service's answer and its `Retry-After` (RFC 8030 sections 5 and 7.3, RFC 9110
/// section 10.2.3). Pure.
Answer judge(int status, const std::string& retry_after);

/// For how long a service wants to be left alone: `Retry-After`, within an hour; 0: it did not say, or a date.
std::chrono::seconds pause_of(const std::string& retry_after);

/// What a browser's service worker is given, before it is encrypted: `{"title", "body", "tag", "url"}`.
std::string content_of(const Message& message);

/// Where an endpoint is: all that may be told of it.
std::string origin_of(const std::string& endpoint);

/// Hands the push to the service at the endpoint, which sees neither what is in it nor what it is about. Blocks for
/// `time_limit` at most.
Answer hand_over(http::Client& client, const Vapid& vapid, const ports::PushSubscription& subscription,
                 const Message& message, time::Timestamp now, std::chrono::seconds time_limit);

}  // namespace dontgoback::push
