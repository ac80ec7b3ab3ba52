#pragma once

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "guest_limit.hpp"
#include "session_cookies.hpp"
#include "session_service.hpp"
#include "sign_in_links.hpp"

namespace dontgoback::core {

/// From requests to the rules and back.
class SessionHandlers {
 public:
  SessionHandlers(SessionService& sessions, SignInLinks& links, GuestLimit& limit, const SessionCookies& cookies,
                  const time::Clock& clock)
      : sessions_(sessions), links_(links), limit_(limit), cookies_(cookies), clock_(clock) {}

  http::Response guest(const http::Request& request);
  http::Response renew(const http::Request& request);
  http::Response logout(const http::Request& request);
  http::Response show_link(const http::Request& request);
  http::Response use_link(const http::Request& request);

 private:
  SessionService& sessions_;
  SignInLinks& links_;
  GuestLimit& limit_;
  const SessionCookies& cookies_;
  const time::Clock& clock_;
};

}  // namespace dontgoback::core
