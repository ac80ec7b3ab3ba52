#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "accounts/accounts.hpp"
#include "arrival.hpp"
#include "dontgoback/module.hpp"
#include "expiry/expiry.hpp"
#include "sessions/sessions.hpp"

// How people get a session, as guests and by links, and how guests go again.
namespace dontgoback::core::sign_in {

/// Somebody who vouches for members at sign-in.
struct Provider {
  std::string id;    ///< in addresses: `/api/oauth2/authorization/{id}`
  std::string name;  ///< as members know it; not translated
};

struct Settings {
  int guests_per_hour;              ///< for one address (IPv6: for one /64); 0: as many as come
  std::vector<Provider> providers;  ///< who members may sign in with; with none there are guests and links
};

/// `sessions` and `life_cycle` are to live as long as the router.
void add_routes(Host& host, const sessions::Sessions& sessions, const accounts::LifeCycle& life_cycle,
                const Settings& settings);

/// Links go with their account.
const accounts::Subscriber& subscriber();

/// Of some guests, ascending, those who wrote something that others may have answered, ascending.
using WhoWrote = std::function<std::vector<UserId>(storage::Connection&, std::span<const UserId>)>;
/// Removes guests who wrote nothing and were last here more than a day ago, and guests last here more than 14 days ago
/// with all they wrote; one a transaction. How many there were.
std::int64_t purge_guests(const expiry::Sweep& sweep, const accounts::LifeCycle& life_cycle, const WhoWrote& who_wrote);
/// Removes links whose time is over. How many there were.
std::int64_t remove_expired(const expiry::Sweep& sweep);

/// `dontgoback users sign-in-link`
std::vector<Command> commands();

}  // namespace dontgoback::core::sign_in
