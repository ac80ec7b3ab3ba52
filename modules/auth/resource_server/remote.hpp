#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "dontgoback/http/client.hpp"
#include "dontgoback/http/peer.hpp"
#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/security/jose/verification_keys.hpp"
#include "dontgoback/time/clock.hpp"
#include "resource_server/deny_list.hpp"

// The auth module's ports on a node that does not run it. `client` and `clock` outlive what is made; `auth_url` has no
// trailing slash. What is given a watch tells /readyz how its calls end, and finds out by itself before somebody needs
// it.
namespace dontgoback::auth {

/// The keys of the auth node at `auth_url`, fetched from its JWKS, or from the public-key endpoint of a first-release
/// server. Looked at again, conditionally, every five minutes and when a token names an unknown key (at most once in
/// ten seconds), one fetch at a time; the first call with a set that is five minutes old waits for it, a little. Kept
/// while the node is away.
std::shared_ptr<security::VerificationKeys> make_remote_verification_keys(http::Client& client, std::string auth_url,
                                                                          const time::Clock& clock,
                                                                          const http::PeerWatch* watch = nullptr);

/// Those of no auth node: none can be had.
std::shared_ptr<security::VerificationKeys> make_no_keys();

/// How a copy of the deny-list is kept.
struct DenyListCopy {
  std::chrono::seconds interval{5};
  std::chrono::seconds max_age{0};  ///< an older list judges nothing; 0: the last one serves however old, none is empty
};

/// What the auth node at `auth_url` has taken back, looked at by the job `deny-list` of this node: at its start and
/// every interval, conditionally; with a watch, `dontgoback_deny_list_confirmed_timestamp_seconds` tells when it was
/// last known to be whole. A server of the first release has no such list and takes nothing back.
std::shared_ptr<DenyList> make_remote_deny_list(http::Client& client, std::string auth_url, const time::Clock& clock,
                                                jobs::Scheduler& scheduler, DenyListCopy copy,
                                                const http::PeerWatch* watch = nullptr);

}  // namespace dontgoback::auth
