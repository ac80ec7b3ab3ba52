#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/accounts.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/ports/push_devices.hpp"
#include "dontgoback/push/message.hpp"
#include "expiry/expiry.hpp"
#include "sessions/sessions.hpp"

// Which browsers may be told of something while no page is open there, and what they are told.
namespace dontgoback::core::push_subscriptions {

/// An account has so many; one more replaces the one that was not seen the longest.
inline constexpr std::size_t kMostOfAnAccount = 10;
/// Of one thing an account is told once in so long, and of so many things.
inline constexpr std::chrono::minutes kPause{10};
inline constexpr std::int64_t kMostInPause = 20;
/// A push is of no more use after that.
inline constexpr std::chrono::hours kUse{12};
/// A subscription that the browser has not shown again for so long is removed,
inline constexpr time::Timestamp::duration kUnseen = std::chrono::days(90);
/// and one for which the push service has refused all pushes for so long. That none could be handed over removes none.
inline constexpr time::Timestamp::duration kFailing = std::chrono::days(7);

/// Where subscriptions may be besides push services: the origin of a stand-in for tests; empty: nowhere.
using TestService = std::string;

/// `sessions` tells who is signed in. It is to live as long as the router.
void add_routes(Host& host, const http::Authenticator& sessions, const TestService& test_service);

/// For who delivers.
std::shared_ptr<ports::PushDevices> port(Host& host, const TestService& test_service);

/// What somebody is told.
struct Told {
  std::string_view thing;  ///< what it is about: a newer one of the same replaces it. At most 48 characters
  Message text;            ///< may lie on a locked screen: no names, nothing of what was written
  push::Urgency urgency;
  time::Timestamp now;
};
/// Pushes it to the browsers of the account, in the transaction of its cause, if it has any and was not told of it a
/// moment ago. The account is held against others who tell it something.
void tell(storage::Connection& connection, UserId user, const Told& told);

/// Accounts with ids above `after` that have a browser which may be told, in order; at most `limit`.
std::vector<UserId> subscribed(storage::Connection& connection, UserId after, int limit);

/// Subscriptions go with their account, and when it is not ACTIVE any more.
const accounts::Subscriber& subscriber();

/// Removes what is not seen any more, and what has failed for long. How many there were.
std::int64_t remove_expired(const expiry::Sweep& sweep);

}  // namespace dontgoback::core::push_subscriptions
