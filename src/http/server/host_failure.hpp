#pragma once

#include "dontgoback/http/response.hpp"
#include "dontgoback/result.hpp"

namespace dontgoback::http {

/// A failure that the host itself finds, by its status.
Response host_failure(const Request& request, int status);
/// A 503 with `Retry-After`: too many requests at once.
Response busy(const Request& request);
/// A 503 with `Retry-After` that says what it means to who asked, and nothing of the cause.
Response unavailable(const Request& request, const Unavailable& away);

}  // namespace dontgoback::http
