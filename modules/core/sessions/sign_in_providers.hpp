#pragma once

#include <string>
#include <vector>

#include "dontgoback/http/router.hpp"

namespace dontgoback::core {

/// Somebody who vouches for members at sign-in.
struct SignInProvider {
  std::string id;    ///< in addresses: `/api/oauth2/authorization/{id}`
  std::string name;  ///< as members know it; not translated
};

/// `GET /api/v1/sign-in-providers`: those given, in this order, for anyone to ask before signing in.
void add_sign_in_providers_route(http::Router& router, const std::vector<SignInProvider>& providers);

}  // namespace dontgoback::core
