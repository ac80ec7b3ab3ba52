#pragma once

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::core::assets {

/// `GET /api/v1/users/{userId}/asset-facts`
http::Response asset_facts(storage::Database& database, time::Day today, const http::Request& request);

}  // namespace dontgoback::core::assets
