#pragma once

#include "accounts/accounts.hpp"
#include "arrival.hpp"
#include "browser_cookie.hpp"
#include "dontgoback/http/action_limit.hpp"
#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"
#include "dontgoback/time/day.hpp"
#include "sessions/sessions.hpp"

// One function for each route; routes.cpp says which.
namespace dontgoback::core::sign_in {

/// What handlers need.
struct SignIn {
  storage::Database& database;
  const time::Clock& clock;
  const time::Zone& zone;
  const sessions::Sessions& sessions;
  const accounts::LifeCycle& life_cycle;
  const http::ActionLimit& guests;
  limits::Limiter& limiter;
  bool takes_guests;
  SignUp sign_up;
  BrowserCookie sign_up_cookie;
  BrowserCookie link_cookie;
  const accounts::WaysIn& ways_in;
};

http::Response make_guest(const SignIn& sign_in, const http::Request& request);
http::Response show_link(const SignIn& sign_in, const http::Request& request);
http::Response use_link(const SignIn& sign_in, const http::Request& request);
http::Response show_sign_up(const SignIn& sign_in, const http::Request& request);
http::Response make_member(const SignIn& sign_in, const http::Request& request);

/// Puts the session or the sign-up of somebody who has arrived into the browser.
http::Response put_arrival(const SignIn& sign_in, http::Response response, const Arrived& arrived);

}  // namespace dontgoback::core::sign_in
