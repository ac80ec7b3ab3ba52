#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "accounts/accounts.hpp"
#include "dontgoback/module.hpp"
#include "expiry/expiry.hpp"
#include "sessions/sessions.hpp"

// How members go: for a while or for good, by a mail or by having signed in just now; and the purge of who is gone.
namespace dontgoback::core::leaving {

inline constexpr std::chrono::minutes kLinkLife{5};
/// So long a session is a proof of who it is.
inline constexpr std::chrono::minutes kFreshSignIn{10};
/// So long after it was asked to close an account comes back by signing in.
inline constexpr std::chrono::hours kReturn{14 * 24};

/// `sessions` and `life_cycle` are to live as long as the router.
void add_routes(Host& host, const sessions::Sessions& sessions, const accounts::LifeCycle& life_cycle);

/// Remembers who asked to close; links and waiting mails go with their account.
const accounts::Subscriber& subscriber();

/// Removes the accounts that were to be closed, kReturn ago and when the day is over that their owners were told.
std::vector<jobs::Job> own_jobs(Host& host, const accounts::LifeCycle& life_cycle);

/// That an account asked for a mail to leave by: known until a day after its link was over. Whether it did leave is in
/// its history; while it is CLOSE_REQUESTED nobody is signed in to ask for this.
struct OwnRequest {
  std::string_view kind;  ///< `CLOSE` or `INACTIVE`
  time::Timestamp asked_at;
  std::optional<time::Timestamp> used_at;  ///< the link
};
/// Those of an account, in order of time, 1000 at most.
std::vector<OwnRequest> own_requests(storage::Connection& connection, UserId user);

/// Removes links whose time is over. How many there were.
std::int64_t remove_expired(const expiry::Sweep& sweep);

}  // namespace dontgoback::core::leaving
