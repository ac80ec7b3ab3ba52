#pragma once

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "push_subscriptions.hpp"

// One function for each route; routes.cpp says which.
namespace dontgoback::core::push_subscriptions {

/// What handlers need.
struct Handlers {
  storage::Database& database;
  const time::Clock& clock;
  TestService test_service;
};

http::Response put(const Handlers& handlers, const http::Request& request);
http::Response remove(const Handlers& handlers, const http::Request& request);

}  // namespace dontgoback::core::push_subscriptions
