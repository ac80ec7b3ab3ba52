#pragma once

#include "authentication/authenticator.hpp"
#include "endpoints/form.hpp"
#include "endpoints/refusal.hpp"

namespace dontgoback::auth {

/// The response for a client that is not authenticated (RFC 6749 section 5.2), and in which words.
Refusal refusal_of(const AuthenticationFailure& failure);

/// The client that the request's form authenticates. Throws Refusal.
Authenticated authenticated(const ClientAuthenticator& clients, const http::Request& request, const Form& form);

}  // namespace dontgoback::auth
