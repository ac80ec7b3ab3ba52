#pragma once

#include <string>
#include <string_view>

#include "dontgoback/http/language.hpp"
#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/mail/message.hpp"

// Pages that the server writes itself, and mails that lead to them. Nothing is escaped here: what is put in holds
// nothing that HTML would take for its own, or is HTML.
namespace dontgoback::core::pages {

/// A whole page with the title as its heading.
std::string page(http::Language language, std::string_view title, std::string_view inner);

/// One button, because mail scanners open links and must not use them up. `token` is base64url; `inner` is in the form.
std::string form(std::string_view action, std::string_view token, std::string_view inner, std::string_view button);

/// Below it: the way back.
std::string way_back(std::string_view words);

/// Their `Content-Security-Policy`: no script, nothing from elsewhere, its own style, this origin's icon, its form to
/// this origin.
const std::string& policy();

/// 200 with a page, under that policy, kept by nobody.
http::Response answer(std::string page);

/// The form of failures where a browser goes itself, and no script of a page: the sign-in page has a sentence for each
/// `status`, `busy` for what may be tried again.
http::Response to_sign_in_page(const http::Request& request, int status, const Message& message);

/// What a mail says.
struct Letter {
  http::Language language;
  std::string_view subject, title, body;
  std::string_view link, button;  ///< none when `link` is empty
  std::string_view more;          ///< below the link
  std::string_view ignore;        ///< to who did not ask for it
};

/// As text and as HTML.
mail::Message compose(const std::string& to, const Letter& letter);

}  // namespace dontgoback::core::pages
