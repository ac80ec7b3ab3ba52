#pragma once

#include <vector>

#include "dontgoback/http/router.hpp"
#include "sign_in.hpp"

namespace dontgoback::core::sign_in {

/// `GET /api/v1/sign-in-providers`: those given, in this order, for anyone to ask before signing in.
void add_providers_route(http::Router& router, const std::vector<ProviderSettings>& providers);

}  // namespace dontgoback::core::sign_in
