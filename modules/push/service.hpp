#pragma once

#include <chrono>
#include <string>

#include "dontgoback/http/client.hpp"
#include "dontgoback/ports/push_subscriptions.hpp"
#include "dontgoback/push/message.hpp"
#include "vapid.hpp"

namespace dontgoback::push {

/// What a push service made of a push.
struct Answer {
  enum class Kind {
    done,
    later,    ///< not now: the same may work later
    refused,  ///< not this push, or not by us
    gone,     ///< there is no such subscription any more
  };
  Kind kind = Kind::later;
  std::chrono::seconds pause{0};  ///< of `later`: for which it wants to be left alone; 0: it did not say
  std::string what;               ///< one line for an operator: of the endpoint no more than the origin
};

/// From the status of an answer and its `Retry-After` (RFC 8030 sections 5 and 7.3, RFC 9110 section 10.2.3). Pure.
Answer judge(int status, const std::string& retry_after);

/// What a browser's service worker is given, before it is encrypted: `{"title", "body", "tag", "url"}`.
std::string content_of(const Message& message);

/// Where an endpoint is: all that may be told of it.
std::string origin_of(const std::string& endpoint);

/// Hands the push to the service at the endpoint, which sees neither what is in it nor what it is about. Blocks for
/// `time_limit` at most.
Answer hand_over(http::Client& client, const Vapid& vapid, const ports::PushSubscription& subscription,
                 const Message& message, time::Timestamp now, std::chrono::seconds time_limit);

}  // namespace dontgoback::push
