#pragma once

#include "dontgoback/http/request.hpp"

namespace dontgoback::core::feed {

/// Who sends a text that was written before may say whose it is, with `As-Account` and the account's id: where another
/// is signed in by now, it would become theirs. Throws http::Error then, 409 with `Failure-Code: OTHER_ACCOUNT`; 400
/// for what is no id. Says nothing of any account: it is compared with the request's own.
void check_meant_account(const http::Request& request);

}  // namespace dontgoback::core::feed
