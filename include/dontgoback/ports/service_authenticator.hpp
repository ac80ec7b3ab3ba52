#pragma once

#include "dontgoback/http/router.hpp"

namespace dontgoback::ports {

/// Lets other servers in by their access tokens: `Authorization: Bearer` (RFC 6750 section 2.1), or `Authorization:
/// DPoP` with a proof of the key that the token is bound to (RFC 9449 section 7.1). Offered by the auth module on every
/// node, whether the auth server runs there or not; a module guards a route with one line:
///
///     router.add({Method::post, "/msa/ext/api/update-asset/{userId}", Access::service(services, "asset:update"),
///                 Lane::query, kBody, handler});
///
/// 401 (thrown as http::Error) says why in `WWW-Authenticate`; 503 when nothing can be judged just now, also because no
/// auth server is known. The host answers 403 with `insufficient_scope` when the token has not the scope. Any thread
/// that may block.
class ServiceAuthenticator : public http::Authenticator {};

}  // namespace dontgoback::ports
