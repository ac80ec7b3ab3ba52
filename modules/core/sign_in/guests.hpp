#pragma once

#include "accounts/accounts.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/day.hpp"
#include "sessions/sessions.hpp"

namespace dontgoback::core::sign_in {

/// A new GUEST account and its first session, in the caller's transaction.
sessions::SignedIn sign_in_guest(storage::Connection& connection, const accounts::LifeCycle& life_cycle,
                                 const sessions::Where& where, time::Timestamp now, time::Day today);

}  // namespace dontgoback::core::sign_in
