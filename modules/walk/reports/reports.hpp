#pragma once

#include <memory>
#include <vector>

#include "dontgoback/http/client.hpp"
#include "dontgoback/http/peer.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/ports/reported_names.hpp"
#include "dontgoback/ports/service_authenticator.hpp"
#include "dontgoback/ports/token_source.hpp"
#include "walkers/walkers.hpp"

// What walkers report of what others wrote: nicknames, names of groups, cheers; and what moderators decide.
namespace dontgoback::walk::reports {

/// How much of it one walker may report a day.
inline constexpr std::int64_t kMostADay = 30;
/// Of one case so many reports are kept with their words.
inline constexpr std::int64_t kKeptWords = 100;
/// What was decided is kept so long.
inline constexpr time::Timestamp::duration kLife = std::chrono::hours(24) * 730;

/// Adds POST /api/v1/walkers/reports. `sessions` tells which walker asks, and is to live as long as the router.
void add_routes(Host& host, const http::Authenticator& sessions);

/// The port in process.
std::shared_ptr<ports::ReportedNames> make_own_reported_names(Host& host, walkers::Subscribers subscribers);
/// The port of a node that does not run walk: asks the one at `walk_url`, within 3 s. `client` outlives it. With a
/// watch it tells /readyz how its calls end.
std::shared_ptr<ports::ReportedNames> make_remote_reported_names(http::Client& client,
                                                                 std::shared_ptr<ports::TokenSource> tokens,
                                                                 std::string walk_url,
                                                                 const http::PeerWatch* watch = nullptr);
/// Adds what other nodes ask. `services` is to live as long as the router.
void add_service_routes(Host& host, const http::Authenticator& services, std::shared_ptr<ports::ReportedNames> names);
/// `dontgoback walkers reports|decide`.
std::vector<Command> commands(const walkers::Subscribers& subscribers);

/// Cases about a walker and its own reports go with it, or become another's.
const walkers::Subscriber& subscriber();
/// What a walker reported.
const walkers::Exporter& exporter();
/// Removes what was decided longer ago than kLife, once a day.
jobs::Job purge(Host& host);

}  // namespace dontgoback::walk::reports
