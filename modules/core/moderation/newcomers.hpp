#pragma once

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/limits/limiter.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::core::moderation {

/// How much new accounts write. Any thread.
struct Newcomers {
  storage::Database& database;
  const time::Clock& clock;
  limits::Limiter& limiter;
  int writes_per_hour;  ///< of members; guests half as much; 0: no limit

  /// Counts one more post or comment: the 429 of a newcomer who has none left.
  std::optional<http::Response> refuse(const http::Request& request) const;
};

}  // namespace dontgoback::core::moderation
