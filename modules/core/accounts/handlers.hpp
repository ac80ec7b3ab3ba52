#pragma once

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"
#include "dontgoback/time/day.hpp"

// One function for each route; routes.cpp says which.
namespace dontgoback::core::accounts {

/// What handlers need.
struct Users {
  storage::Database& database;
  const time::Clock& clock;
  const time::Zone& zone;
};

http::Response get_me(const Users& users, const http::Request& request);
http::Response get_user(const Users& users, const http::Request& request);

}  // namespace dontgoback::core::accounts
