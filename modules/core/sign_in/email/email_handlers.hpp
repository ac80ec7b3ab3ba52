#pragma once

#include <memory>

#include "dontgoback/module.hpp"
#include "sign_in/email/email_links.hpp"
#include "sign_in/handlers.hpp"

namespace dontgoback::core::sign_in {

/// What handlers need.
struct EmailSignIn {
  SignIn sign_in;
  EmailLinks links;
  const http::ActionLimit& limit;
  BrowserCookie cookie;
};

http::Response ask_for_email(const EmailSignIn& email, const http::Request& request);
http::Response show_email_link(const EmailSignIn& email, const http::Request& request);
http::Response follow_email_link(const EmailSignIn& email, const http::Request& request);
http::Response type_email_code(const EmailSignIn& email, const http::Request& request);

/// `keeping` holds what `sign_in` refers to.
void add_email_routes(Host& host, const SignIn& sign_in, std::shared_ptr<const void> keeping);

}  // namespace dontgoback::core::sign_in
