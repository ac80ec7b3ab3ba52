#pragma once

#include <functional>
#include <memory>
#include <string>

#include "dontgoback/ports/token_source.hpp"
#include "dontgoback/security/jose/verification_keys.hpp"
#include "dontgoback/time/clock.hpp"
#include "registry/registry.hpp"
#include "resource_server/deny_list.hpp"

// The auth module's ports on a node that runs it.
namespace dontgoback::auth {

/// The registry, opened when it is first asked for, which may throw. It outlives the ports.
using OpenRegistry = std::function<Registry&()>;

/// The keys of this process. A token of an unknown one may be of a rotation that another process made just now: then
/// the database is looked at, at most once a second.
std::shared_ptr<security::VerificationKeys> make_own_keys(OpenRegistry registry);
std::shared_ptr<DenyList> make_own_deny_list(OpenRegistry registry);
/// Tokens for this node's own `client`, signed here.
std::shared_ptr<ports::TokenSource> make_own_tokens(OpenRegistry registry, std::string issuer_url, std::string client,
                                                    const time::Clock& clock);

}  // namespace dontgoback::auth
