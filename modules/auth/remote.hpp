#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "dontgoback/http/client.hpp"
#include "dontgoback/http/peer.hpp"
#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/ports/deny_list.hpp"
#include "dontgoback/ports/token_source.hpp"
#include "dontgoback/ports/verification_keys.hpp"
#include "dontgoback/time/clock.hpp"

// The auth module's ports on a node that does not run it. `client` and `clock` outlive what is made; `auth_url` has no
// trailing slash. What is given a watch tells /readyz how its calls end, and finds out by itself before somebody needs
// it.
namespace dontgoback::auth {

/// The keys of the auth node at `auth_url`, fetched from its JWKS, or from the public-key endpoint of a first-release
/// server. Looked at again, conditionally, every five minutes and when a token names an unknown key (at most once in
/// ten seconds), one fetch at a time; the first call with a set that is five minutes old waits for it, a little. Kept
/// while the node is away.
std::shared_ptr<ports::VerificationKeys> make_remote_verification_keys(http::Client& client, std::string auth_url,
                                                                       const time::Clock& clock,
                                                                       const http::PeerWatch* watch = nullptr);

/// How a copy of the deny-list is kept.
struct DenyListCopy {
  std::chrono::seconds interval{5};
  std::chrono::seconds max_age{0};  ///< an older list judges nothing; 0: the last one serves however old, none is empty
};

/// What the auth node at `auth_url` has taken back, looked at by the job `deny-list` of this node: at its start and
/// every interval, conditionally. A server of the first release has no such list and takes nothing back.
std::shared_ptr<ports::DenyList> make_remote_deny_list(http::Client& client, std::string auth_url,
                                                       const time::Clock& clock, jobs::Scheduler& scheduler,
                                                       DenyListCopy copy, telemetry::Health* health = nullptr);

/// Tokens of the auth node at `auth_url` for this client id, asked for within 3 s. `secret` is read at the first call;
/// what that throws is thrown to whoever asked.
std::shared_ptr<ports::TokenSource> make_remote_token_source(http::Client& client, std::string auth_url,
                                                             std::string client_id, std::function<std::string()> secret,
                                                             const time::Clock& clock,
                                                             const http::PeerWatch* watch = nullptr);

}  // namespace dontgoback::auth
