#pragma once

#include <memory>
#include <string>

#include "dontgoback/http/client.hpp"
#include "dontgoback/http/peer.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/ports/people.hpp"
#include "dontgoback/ports/service_authenticator.hpp"
#include "dontgoback/ports/token_source.hpp"
#include "expiry/expiry.hpp"
#include "sessions/sessions.hpp"

// What other modules may know of members.
namespace dontgoback::core::people {

/// The port in process: it knows nobody before `begin`, when sessions have their keys. Any thread.
class OwnPeople : public ports::People {
 public:
  virtual void begin(const sessions::Sessions& sessions) = 0;
  virtual void end() = 0;
};
std::shared_ptr<OwnPeople> make_own_people(Host& host);

/// The port of a node that does not run core: asks the one at `core_url`, within 3 s. `client` outlives it. With a
/// watch it tells /readyz how its calls end.
std::shared_ptr<ports::People> make_remote_people(http::Client& client, std::shared_ptr<ports::TokenSource> tokens,
                                                  std::string core_url, const http::PeerWatch* watch = nullptr);

/// Adds the members' way to a ticket and what other nodes ask. All are to live as long as the router.
void add_routes(Host& host, const sessions::Sessions& sessions, const http::Authenticator& services,
                std::shared_ptr<ports::People> people);

/// Tickets go with their account, and when it is not ACTIVE any more.
const accounts::Subscriber& subscriber();
/// Removes tickets whose time is over. How many there were.
std::int64_t remove_expired(const expiry::Sweep& sweep);

}  // namespace dontgoback::core::people
