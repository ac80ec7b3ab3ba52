#pragma once

#include <string_view>

#include "dontgoback/http/router.hpp"
#include "ended.hpp"
#include "session_cookies.hpp"
#include "session_service.hpp"

namespace dontgoback::walk::walkers {

/// Tells which walker asks: by `Authorization`, which phones send, and by the page's cookie where there is none. A
/// bearer that is not good is nobody, whatever cookie comes beside it. Asks the database each time, by key: a sign-out,
/// a suspension or a leaving counts at once, on every node.
class WalkerAuthenticator final : public http::Authenticator {
 public:
  WalkerAuthenticator(const SessionService& service, const SessionCookies& cookies)
      : service_(service), cookies_(cookies) {}
  Result<http::Identity> authenticate(const http::Request& request) const override;

 private:
  const SessionService& service_;
  const SessionCookies& cookies_;
};

http::Identity identity_of(const Holder& holder);

}  // namespace dontgoback::walk::walkers
