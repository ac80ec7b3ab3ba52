#pragma once

#include "dontgoback/http/action_limit.hpp"
#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "service.hpp"

namespace dontgoback::walk::first_release {

/// What the handlers need.
struct Parts {
  const Service& service;
  const Tokens& tokens;
  const http::ActionLimit& signing_up;
  const http::ActionLimit& asking;
};

http::Response sign_up(const Parts& parts, const http::Request& request);
http::Response sign_in(const Parts& parts, const http::Request& request);
http::Response refresh(const Parts& parts, const http::Request& request);
http::Response sign_out(const Parts& parts, const http::Request& request);
http::Response leave(const Parts& parts, const http::Request& request);
http::Response update(const Parts& parts, const http::Request& request);
http::Response ask_friend(const Parts& parts, const http::Request& request);
http::Response accept_friend(const Parts& parts, const http::Request& request);
http::Response list_friends(const Parts& parts, const http::Request& request);

}  // namespace dontgoback::walk::first_release
