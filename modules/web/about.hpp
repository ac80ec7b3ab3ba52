#pragma once

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "network.hpp"

namespace dontgoback::web {

/// `GET /api/v1/network`: what the operator says of it, in the request's language. Out of memory.
http::Response about(const Network& network, bool public_reading, const http::Request& request);

}  // namespace dontgoback::web
