#pragma once

#include "accounts.hpp"
#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"
#include "dontgoback/time/day.hpp"

// Accounts as signed-in people see them: one function for each route.
namespace dontgoback::core::accounts {

/// What handlers need.
struct Users {
  storage::Database& database;
  const time::Clock& clock;
  const time::Zone& zone;
  const Directory& directory;
  AreApart are_apart;
};

http::Response me(const Users& users, const http::Request& request);
http::Response one(const Users& users, const http::Request& request);
http::Response get_settings(const Users& users, const http::Request& request);
http::Response change_settings(const Users& users, const http::Request& request);

}  // namespace dontgoback::core::accounts
