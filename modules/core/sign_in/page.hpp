#pragma once

#include <string>
#include <string_view>

#include "dontgoback/http/request.hpp"

namespace dontgoback::core::sign_in {

/// The page behind a sign-in link: one button, because mail scanners open links and must not use them up. `token` is
/// base64url. A guest is asked whether to take the posts along; unless that is
/// chosen they stay.
std::string sign_in_page(http::Language language, std::string_view token, bool guest);

/// The page behind a link in a mail, in the browser that asked for it: one button.
std::string email_link_page(http::Language language, std::string_view token);
/// In another one: a button that shows six digits, because mail scanners open links.
std::string email_elsewhere_page(http::Language language, std::string_view token);
/// The six digits, and where they are typed.
std::string email_code_page(http::Language language, std::string_view code);

}  // namespace dontgoback::core::sign_in
