#pragma once

#include <string>

#include "dontgoback/http/identity.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/result.hpp"

namespace dontgoback::core::sign_in {

/// The link for who is to be the first ADMIN, as `users sign-in-link` prints one: once, within 15 minutes.
Result<std::string> first_link(Host& host, UserId admin);

}  // namespace dontgoback::core::sign_in
