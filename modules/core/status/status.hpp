#pragma once

#include "dontgoback/module.hpp"

namespace dontgoback::core::status {

/// `GET /api/v1/admin/status`, for admins: how this node is. `sessions` tells who is signed in; it and `host` are to
/// live as long as the router.
void add_routes(Host& host, const http::Authenticator& sessions);

}  // namespace dontgoback::core::status
