#pragma once

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/jobs/outbox.hpp"
#include "dontgoback/storage/database.hpp"
#include "limit.hpp"
#include "sessions/sessions.hpp"
#include "wish.hpp"

// One function for each route; routes.cpp says which.
namespace dontgoback::core::leaving {

/// What handlers need.
struct Leaving {
  storage::Database& database;
  const time::Clock& clock;
  const time::ClockTrust& trust;
  const time::Zone& zone;
  jobs::Outbox& outbox;
  const std::string& public_url;
  const sessions::Sessions& sessions;
  const accounts::LifeCycle& life_cycle;
  const http::ActionLimit& limit;
};

http::Response ask_for_mail(const Leaving& leaving, Wish wish, const http::Request& request);
http::Response show_link(const Leaving& leaving, Wish wish, const http::Request& request);
http::Response follow_link(const Leaving& leaving, Wish wish, const http::Request& request);
http::Response leave_now(const Leaving& leaving, const http::Request& request);

}  // namespace dontgoback::core::leaving
