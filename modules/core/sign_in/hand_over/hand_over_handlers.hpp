#pragma once

#include <memory>

#include "dontgoback/http/action_limit.hpp"
#include "dontgoback/module.hpp"
#include "sign_in/browser_cookie.hpp"
#include "sign_in/hand_over/hand_over.hpp"

// One function for each route of bringing a session to another device.
namespace dontgoback::core::sign_in {

/// What handlers need.
struct Handing {
  HandOvers hand_overs;
  const http::ActionLimit& limit;
  BrowserCookie cookie;
};

// Of the device that is signed in.
http::Response show_hand_over(const Handing& handing, const http::Request& request);
http::Response look_at_hand_over(const Handing& handing, const http::Request& request);
http::Response confirm_hand_over(const Handing& handing, const http::Request& request);
http::Response cancel_hand_over(const Handing& handing, const http::Request& request);

// Of the other.
http::Response claim_hand_over(const Handing& handing, const http::Request& request);
http::Response look_at_claim(const Handing& handing, const http::Request& request);
http::Response finish_claim(const Handing& handing, const http::Request& request);

void add_hand_over_routes(Host& host, const sessions::Sessions& sessions);

}  // namespace dontgoback::core::sign_in
