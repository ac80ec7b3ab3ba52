#pragma once

#include <chrono>
#include <string>

#include "dontgoback/http/identity.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/result.hpp"

namespace dontgoback::core::sign_in {

/// How long a link is good.
inline constexpr std::chrono::minutes kLinkLife{15};

/// The link for who is to be the first ADMIN, as `users sign-in-link` prints one: once, within kLinkLife.
Result<std::string> first_link(Host& host, UserId admin);

}  // namespace dontgoback::core::sign_in
