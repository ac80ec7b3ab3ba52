#pragma once

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/storage/database.hpp"

namespace dontgoback::core {

/// `GET /api/v1/users/{userId}/asset-histories`
http::Response asset_history(storage::Database& database, const http::Request& request);

}  // namespace dontgoback::core
