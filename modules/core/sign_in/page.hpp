#pragma once

#include <string>
#include <string_view>

#include "dontgoback/http/request.hpp"

namespace dontgoback::core::sign_in {

/// The page behind a sign-in link: one button, because mail scanners open links and must not use them up. `token` is
/// base64url. A guest is asked whether to take the posts along; unless that is
/// chosen they stay.
std::string sign_in_page(http::Language language, std::string_view token, bool guest);

/// Its `Content-Security-Policy`: no script, nothing from elsewhere, its own style, this origin's icon, its form to
/// this origin.
const std::string& sign_in_page_policy();

}  // namespace dontgoback::core::sign_in
