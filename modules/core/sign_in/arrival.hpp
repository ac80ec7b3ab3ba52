#pragma once

#include "accounts/accounts.hpp"
#include "dontgoback/http/identity.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/time/clock.hpp"
#include "sessions/sessions.hpp"

// What happens to who has proved who they are.
namespace dontgoback::core::sign_in {

enum class Posts { leave, keep };

/// A member has come in, in the caller's transaction: a session begins, who is INACTIVE or CLOSE_REQUESTED becomes
/// ACTIVE, and the session `before`, which the browser had until now, ends. With Posts::keep a guest's posts, comments
/// and likes become the member's and the guest's account is gone. forbidden for a suspended account; then nothing was
/// done.
Result<sessions::SignedIn> sign_in_member(storage::Connection& connection, const accounts::LifeCycle& life_cycle,
                                          UserId member, const http::Identity& before, Posts posts,
                                          time::Timestamp now);

}  // namespace dontgoback::core::sign_in
