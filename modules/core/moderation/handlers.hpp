#pragma once

#include "acts.hpp"
#include "dontgoback/http/action_limit.hpp"
#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"
#include "dontgoback/time/day.hpp"
#include "moderation.hpp"

// One function for each route; routes.cpp says which.
namespace dontgoback::core::moderation {

/// What handlers need.
struct Moderation {
  storage::Database& database;
  const time::Clock& clock;
  const time::Zone& zone;
  limits::Limiter& limiter;
  const accounts::LifeCycle& life_cycle;
  const http::ActionLimit& reports;
  WalkReports walk_reports;
};

// For everybody.
http::Response make_report(const Moderation& moderation, const http::Request& request);
http::Response list_own_acts(const Moderation& moderation, const http::Request& request);
http::Response make_objection(const Moderation& moderation, const http::Request& request);

// For moderators and admins.
http::Response list_cases(const Moderation& moderation, const http::Request& request);
http::Response get_case(const Moderation& moderation, const http::Request& request);
http::Response decide_case(const Moderation& moderation, const http::Request& request);
http::Response hide_post(const Moderation& moderation, const http::Request& request);
http::Response restore_post(const Moderation& moderation, const http::Request& request);
http::Response hide_comment(const Moderation& moderation, const http::Request& request);
http::Response restore_comment(const Moderation& moderation, const http::Request& request);
http::Response read_post_revisions(const Moderation& moderation, const http::Request& request);
http::Response read_comment_revisions(const Moderation& moderation, const http::Request& request);
http::Response stop_author_of_post(const Moderation& moderation, const http::Request& request);
http::Response stop_author_of_comment(const Moderation& moderation, const http::Request& request);
http::Response suspend_user(const Moderation& moderation, const http::Request& request);
http::Response lift_user(const Moderation& moderation, const http::Request& request);
http::Response list_walk_reports(const Moderation& moderation, const http::Request& request);
http::Response decide_walk_report(const Moderation& moderation, const http::Request& request);

// For admins.
http::Response look_behind_post(const Moderation& moderation, const http::Request& request);
http::Response look_behind_comment(const Moderation& moderation, const http::Request& request);
http::Response get_rules(const Moderation& moderation, const http::Request& request);
http::Response put_rules(const Moderation& moderation, const http::Request& request);

}  // namespace dontgoback::core::moderation
