#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "accounts/accounts.hpp"
#include "arrival.hpp"
#include "dontgoback/http/identity.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"
#include "first_link.hpp"
#include "sessions/sessions.hpp"

// Sign-in by a link that an operator made.
namespace dontgoback::core::sign_in {

/// What comes from a browser: a link's token, and the opaque token of its cookie.
struct FollowedLink {
  std::string_view token;
  std::string_view browser;
};

/// Makes a sign-in link for a member and returns its address: good for one sign-in within kLinkLife, and in the browser
/// that used it for another kLostAnswer.
/// not_found for no such account, forbidden for a guest's and for one that is suspended.
Result<std::string> make_link(storage::Database& database, const time::Clock& clock, const std::string& public_url,
                              UserId user);

/// Whether the link would still sign somebody in.
bool is_good_link(storage::Database& database, const time::Clock& clock, const FollowedLink& link);

/// Uses the link up and signs its member in (sign_in_member). All of it or nothing. invalid for a bad, used or expired
/// link; forbidden for a suspended account.
Result<sessions::SignedIn> sign_in_by_link(storage::Database& database, const time::Clock& clock,
                                           const accounts::LifeCycle& life_cycle, const FollowedLink& followed,
                                           const Visitor& visitor, Posts posts);

}  // namespace dontgoback::core::sign_in
