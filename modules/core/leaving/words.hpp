#pragma once

#include <string>
#include <string_view>

#include "dontgoback/http/language.hpp"
#include "dontgoback/mail/message.hpp"
#include "wish.hpp"

namespace dontgoback::core::leaving {

/// `link` is an address without anything that HTML would take for its own, and over at `until`.
mail::Message mail_with_link(http::Language language, Wish wish, const std::string& to, std::string_view link,
                             time::Timestamp until);

/// The page behind it: what will happen, and one button. `token` is base64url.
std::string page_of_link(http::Language language, Wish wish, std::string_view token, time::Day until);

}  // namespace dontgoback::core::leaving
