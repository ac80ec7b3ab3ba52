#pragma once

#include <functional>
#include <string_view>

#include "accounts/accounts.hpp"
#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "expiry/expiry.hpp"

namespace dontgoback::core::idempotency {

/// Runs `act` in one write transaction and answers what it answers. When the request has an `Idempotency-Key` (≤ 64
/// printable ASCII characters, else 400), the answer is kept with it in the same transaction for 24 h (longer by a
/// clock that is not confirmed), per account: the same key with the same method, path and body answers the same again
/// without acting, another body is 409. Only answers below 400 are kept; of an account the last 1000. `text` is what
/// the request wants written, which the answer may repeat: it is not kept, for who asks again sends it again, and what
/// remains is at most 1 KiB. `act` may run more than once (see Database::write); http::Error thrown by it rolls back.
/// The request's identity must be an account; 404 when it is gone meanwhile.
http::Response once(storage::Database& database, const time::Clock& clock, const time::ClockTrust& trust,
                    const http::Request& request, std::string_view text,
                    const std::function<http::Response(storage::Connection&)>& act);

/// Keys go with their account.
const accounts::Subscriber& subscriber();

/// Forgets the keys whose time is over. How many there were.
std::int64_t remove_expired(const expiry::Sweep& sweep);

}  // namespace dontgoback::core::idempotency
