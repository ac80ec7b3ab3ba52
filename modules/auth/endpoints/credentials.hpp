#pragma once

#include "authentication/credentials.hpp"
#include "dontgoback/http/request.hpp"
#include "endpoints/form.hpp"

namespace dontgoback::auth {

/// Throws Refusal: invalid_request for more than one method at once or an incomplete one, invalid_client for none or an
/// `Authorization` field that is not well-formed Basic. A fuzzer may call it.
Credentials read_credentials(const http::Request& request, const Form& form);

}  // namespace dontgoback::auth
