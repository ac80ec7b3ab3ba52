#pragma once

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "session_cookies.hpp"
#include "session_service.hpp"

namespace dontgoback::core::sessions {

/// What handlers need.
struct Handling {
  SessionService service;
  const SessionCookies& cookies;
  std::vector<std::string> besides;  ///< values of Set-Cookie for who signs out
};

void add_cookies(http::Response& response, const std::vector<std::string>& values);

http::Response renew(const Handling& sessions, const http::Request& request);
http::Response log_out(const Handling& sessions, const http::Request& request);
http::Response list(const Handling& sessions, const http::Request& request);
http::Response end_one(const Handling& sessions, const http::Request& request);
http::Response end_others(const Handling& sessions, const http::Request& request);

}  // namespace dontgoback::core::sessions
