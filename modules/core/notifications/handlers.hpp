#pragma once

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/storage/database.hpp"

// One function for each route; routes.cpp says which.
namespace dontgoback::core::notifications {

http::Response list(storage::Database& database, const http::Request& request);
http::Response read(storage::Database& database, const http::Request& request);

}  // namespace dontgoback::core::notifications
