#pragma once

#include "dontgoback/http/router.hpp"
#include "dontgoback/security/tokens/token_verifier.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "session_cookies.hpp"
#include "session_service.hpp"

namespace dontgoback::core::sessions {

/// Tells who is signed in by the cookie of the access token, and by nothing else: a header cannot stand in for a
/// cookie, so that the cross-site rule holds for every session. Each time it asks the database, by primary key, whether
/// the session goes on and what the account's role is now: a logout, a suspension or another role counts at once, on
/// every node.
class SessionAuthenticator final : public http::Authenticator {
 public:
  SessionAuthenticator(const SessionCookies& cookies, const security::TokenVerifier& verifier,
                       storage::Database& database, const time::Clock& clock, const time::ClockTrust& trust)
      : cookies_(cookies), verifier_(verifier), database_(database), clock_(clock), trust_(trust) {}
  Result<http::Identity> authenticate(const http::Request& request) const override;

 private:
  const SessionCookies& cookies_;
  const security::TokenVerifier& verifier_;
  storage::Database& database_;
  const time::Clock& clock_;
  const time::ClockTrust& trust_;
};

/// The same of who brings a cookie of a session, good or not; who brings none is nobody.
class StrangersToo final : public http::Authenticator {
 public:
  StrangersToo(const SessionCookies& cookies, const SessionAuthenticator& sessions)
      : cookies_(cookies), sessions_(sessions) {}
  Result<http::Identity> authenticate(const http::Request& request) const override;

 private:
  const SessionCookies& cookies_;
  const SessionAuthenticator& sessions_;
};

/// Tells whose session a renewal would go on with, by the cookie of the refresh token. What is not good is 401 and
/// clears both cookies. Asks the database, and for most tokens that nobody made it does not.
class RenewalAuthenticator final : public http::Authenticator {
 public:
  RenewalAuthenticator(const SessionService& service, const SessionCookies& cookies)
      : service_(service), cookies_(cookies) {}
  Result<http::Identity> authenticate(const http::Request& request) const override;

 private:
  const SessionService& service_;
  const SessionCookies& cookies_;
};

}  // namespace dontgoback::core::sessions
