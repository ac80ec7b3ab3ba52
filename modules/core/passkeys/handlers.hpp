#pragma once

#include "dontgoback/config/network_name.hpp"
#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/security/webauthn/webauthn.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"
#include "passkeys.hpp"

// One function for each route; routes.cpp says which. The options and answers are those of PublicKeyCredential's JSON
// forms (Web Authentication Level 3, section 5.1.8), bytes in base64url.
namespace dontgoback::core::passkeys {

/// What handlers need.
struct Passkeys {
  storage::Database& database;
  const time::Clock& clock;
  const sessions::Sessions& sessions;
  const accounts::LifeCycle& life_cycle;
  const accounts::WaysIn& ways_in;
  security::webauthn::RelyingParty party;
  config::NetworkName network;
};

http::Response options_to_make(const Passkeys& passkeys, const http::Request& request);
http::Response make(const Passkeys& passkeys, const http::Request& request);
http::Response list(const Passkeys& passkeys, const http::Request& request);
http::Response remove(const Passkeys& passkeys, const http::Request& request);
http::Response options_to_sign_in(const Passkeys& passkeys, const http::Request& request);
http::Response sign_in(const Passkeys& passkeys, const http::Request& request);

}  // namespace dontgoback::core::passkeys
