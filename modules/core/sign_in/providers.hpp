#pragma once

#include "dontgoback/http/router.hpp"
#include "sign_in.hpp"

namespace dontgoback::core::sign_in {

/// `GET /api/v1/sign-in-providers`: whom one may sign in with, in the order given, and what
/// else there is, for anyone to ask before signing in.
void add_providers_route(http::Router& router, const Settings& settings);

}  // namespace dontgoback::core::sign_in
