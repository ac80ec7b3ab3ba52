#pragma once

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/limits/limiter.hpp"

namespace dontgoback::http {

/// A 429 of the envelope for a share that refused: what was too much, and when to try again; with `Retry-After` and
/// what `add_rate_limit` adds.
Response too_many(const Request& request, const Message& what, const limits::Rate& rate,
                  const limits::Verdict& verdict);

/// `RateLimit-Policy: "write";q=30;w=600` and `RateLimit: "write";r=12;t=360` (draft-ietf-httpapi-ratelimit-headers):
/// the rate's name, its burst and its period in seconds; how many may come at once now, and in how many seconds all of
/// them again. After a refusal none may, and the seconds are those of `Retry-After`.
void add_rate_limit(Response& response, const limits::Rate& rate, const limits::Verdict& verdict);

}  // namespace dontgoback::http
