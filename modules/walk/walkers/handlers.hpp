#pragma once

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "session_cookies.hpp"
#include "sign_in.hpp"

namespace dontgoback::walk::walkers {

/// What handlers need.
struct Handling {
  storage::Database& database;
  const time::Clock& clock;
  const Nonces& nonces;
  const SessionService& sessions;
  const SessionCookies& cookies;
  const SignIn& sign_in;
  const Subscribers& subscribers;
  const Exporters& exporters;
};

using Handle = http::Response (*)(const Handling&, const http::Request&);

http::Response give_nonce(const Handling& walkers, const http::Request& request);
http::Response begin_session(const Handling& walkers, const http::Request& request);
http::Response renew(const Handling& walkers, const http::Request& request);
http::Response log_out(const Handling& walkers, const http::Request& request);
http::Response list_sessions(const Handling& walkers, const http::Request& request);
http::Response end_one(const Handling& walkers, const http::Request& request);
http::Response end_others(const Handling& walkers, const http::Request& request);

http::Response me(const Handling& walkers, const http::Request& request);
http::Response change_me(const Handling& walkers, const http::Request& request);
http::Response leave(const Handling& walkers, const http::Request& request);
http::Response merge_with_me(const Handling& walkers, const http::Request& request);
http::Response export_me(const Handling& walkers, const http::Request& request);

/// `{walkerId, nickname, sharesSteps, offsetMinutes}`; a nickname that there is not is null.
void write_own(json::Writer& writer, const Walker& walker);

}  // namespace dontgoback::walk::walkers
