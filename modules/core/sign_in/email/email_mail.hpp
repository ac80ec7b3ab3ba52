#pragma once

#include <string>

#include "dontgoback/http/language.hpp"
#include "dontgoback/mail/message.hpp"

// What the mails of sign-in say. No code is in them: it is of no use to who reads the mail where it was asked for.
namespace dontgoback::core::sign_in {

/// `link` is an address without anything that HTML would take for its own.
mail::Message link_mail(http::Language language, const std::string& to, const std::string& link);
/// Nobody's address, where nobody can sign up.
mail::Message closed_mail(http::Language language, const std::string& to);

}  // namespace dontgoback::core::sign_in
