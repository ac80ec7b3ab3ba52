#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/accounts.hpp"
#include "arrival.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/ports/people.hpp"
#include "expiry/expiry.hpp"
#include "first_link.hpp"
#include "sessions/sessions.hpp"
#include "sign_in/providers/options.hpp"

// How people get a session, as guests and by links, and how guests go again.
namespace dontgoback::core::sign_in {

struct Settings {
  int guests_per_hour;                        ///< for one address (IPv6: for one /64); 0: as many as come
  std::vector<ProviderSettings> providers{};  ///< who members may sign in with; with none there are guests and links
  bool takes_guests = true;
  SignUp sign_up = SignUp::open;
};

/// Takes the cookie of a sign-up away: over when a member's session begins, and for who signs out.
std::string no_sign_up(const config::Node& node);

/// `sessions`, `life_cycle` and `ways_in` are to live as long as the router.
void add_routes(Host& host, const sessions::Sessions& sessions, const accounts::LifeCycle& life_cycle,
                const accounts::WaysIn& ways_in, const Settings& settings);

/// Keeps new guests from coming from a network (as sessions::shortened says) for an hour; it is kept where the limits
/// are, no longer than that.
void stop_guests_from(limits::Limiter& limiter, std::string_view network);

/// What somebody said when they signed up.
struct Consent {
  std::string terms;  ///< the version they accepted
  time::Timestamp at;
};
/// Nothing of guests, and of members who were made by an operator.
std::optional<Consent> find_consent(storage::Connection& connection, UserId user);

/// Whether the account can be signed in to by one of the providers: one that is not configured any more is no way in.
accounts::WaysIn::Has signs_in_by(const std::vector<ProviderSettings>& providers);

/// Whose way in an identity at a provider is; nothing: nobody's.
std::optional<UserId> member_by(storage::Connection& connection, const ports::Identity& identity);
/// All that a member has of them.
std::vector<ports::Identity> identities_at_providers(storage::Connection& connection, UserId user);

/// Who was proven on the way to walk, by the stored form of what the page was given: good once and for a minute.
std::optional<ports::Identity> use_walk_arrival(storage::Connection& connection, std::string_view ticket,
                                                time::Timestamp now);

/// Ways in, and what was said at a sign-up, go with their account.
const accounts::Subscriber& subscriber();

/// Of some guests, ascending, those who wrote something that others may have answered, ascending.
using WhoWrote = std::function<std::vector<UserId>(storage::Connection&, std::span<const UserId>)>;
/// Removes guests who wrote nothing and were last here more than a day ago, and guests last here more than 14 days ago
/// with all they wrote; one a transaction. How many there were.
std::int64_t purge_guests(const expiry::Sweep& sweep, const time::Clock& clock, const accounts::LifeCycle& life_cycle,
                          const WhoWrote& who_wrote);
/// Removes links of an operator and invitations whose time is over. How many there were.
std::int64_t remove_expired(const expiry::Sweep& sweep);

/// Removes what is left of ways to providers, of links by mail and of sign-ups. How many there were.
std::int64_t remove_what_strangers_left(const expiry::Sweep& sweep);

/// `dontgoback users sign-in-link | invite | invitations | revoke-invitation`
std::vector<Command> commands();

}  // namespace dontgoback::core::sign_in
