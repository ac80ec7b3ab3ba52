#pragma once

#include "accounts/accounts.hpp"
#include "dontgoback/module.hpp"

// All that somebody wrote and was, as a file. Lower parts know nothing of it; what they have they publish.
namespace dontgoback::core::exports {

/// `GET /api/v1/users/me/export`. `sessions` tells who is signed in. Both are to live as long as the router.
void add_routes(Host& host, const http::Authenticator& sessions, const accounts::Directory& directory);

}  // namespace dontgoback::core::exports
