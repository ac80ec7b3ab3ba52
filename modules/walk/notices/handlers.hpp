#pragma once

#include "dontgoback/http/action_limit.hpp"
#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "notices.hpp"

// One function for each route; routes.cpp says which.
namespace dontgoback::walk::notices {

/// What handlers need.
struct Parts {
  storage::Database& database;
  const time::Clock& clock;
  const http::ActionLimit& cheering;
  TestService test_service;
};

http::Response list(const Parts& parts, const http::Request& request);
http::Response read(const Parts& parts, const http::Request& request);
http::Response get_settings(const Parts& parts, const http::Request& request);
http::Response change_settings(const Parts& parts, const http::Request& request);
http::Response put_device(const Parts& parts, const http::Request& request);
http::Response remove_device(const Parts& parts, const http::Request& request);
http::Response cheer(const Parts& parts, const http::Request& request);

}  // namespace dontgoback::walk::notices
