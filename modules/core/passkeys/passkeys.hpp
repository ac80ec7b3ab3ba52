#pragma once

#include <chrono>
#include <cstdint>

#include "accounts/accounts.hpp"
#include "dontgoback/module.hpp"
#include "expiry/expiry.hpp"
#include "sessions/sessions.hpp"

// Passkeys (Web Authentication Level 2): a further way in for who has an account.
namespace dontgoback::core::passkeys {

inline constexpr std::chrono::minutes kChallengeLife{5};
inline constexpr std::size_t kMostOfAnAccount = 10;

/// `sessions`, `life_cycle` and `ways_in` are to live as long as the router. Browsers make passkeys for
/// names only, not where the public URL is an address: what is asked for there is in vain.
void add_routes(Host& host, const sessions::Sessions& sessions, const accounts::LifeCycle& life_cycle,
                const accounts::WaysIn& ways_in);

/// Whether the account can come in by one.
bool has_any(storage::Connection& connection, UserId user);

/// A passkey as its member is told of it.
struct OwnPasskey {
  std::int64_t id;
  time::Timestamp created_at;
  std::optional<time::Timestamp> last_used_at;
};
/// In the order they were made.
std::vector<OwnPasskey> own_passkeys(storage::Connection& connection, UserId user);

/// Passkeys go with their account.
const accounts::Subscriber& subscriber();
/// Removes challenges whose time is over. How many there were.
std::int64_t remove_expired(const expiry::Sweep& sweep);

}  // namespace dontgoback::core::passkeys
