#pragma once

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::core::assets {

/// `GET /api/v1/assets/today`
http::Response everybodys_day(storage::Database& database, const time::Clock& clock, const time::Zone& zone,
                              const http::Request& request);

}  // namespace dontgoback::core::assets
