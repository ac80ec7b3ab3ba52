#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/storage/connection.hpp"
#include "link_store.hpp"
#include "wish.hpp"

// The rules, in the caller's transaction.
namespace dontgoback::core::leaving {

/// Makes a link that is good once, for kLinkLife. Its token.
std::string make_link(storage::Connection& connection, UserId user, Wish wish, time::Timestamp now);

/// What a link would do, or has done.
struct Standing {
  Effect effect;
  time::Timestamp since;  ///< with Effect::stays: when it was done
};
/// none for a bad or expired link, one of another wish, of an account that may not be changed, or that has come back
/// since the link was used.
Standing look_at_link(storage::Connection& connection, std::string_view token, Wish wish, time::Timestamp now);

/// Does what the wish says to the account, and ends all its sessions. Since when it is so; nothing when it may not be.
std::optional<time::Timestamp> leave(storage::Connection& connection, const accounts::LifeCycle& life_cycle,
                                     UserId user, Wish wish, time::Timestamp now);

/// The same by a link, which is used up; one that was used answers what it did for as long as the account is so.
std::optional<time::Timestamp> leave_by_link(storage::Connection& connection, const accounts::LifeCycle& life_cycle,
                                             std::string_view token, Wish wish, time::Timestamp now);

}  // namespace dontgoback::core::leaving
