#pragma once

#include <string>

#include "dontgoback/http/action_limit.hpp"
#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "friends.hpp"

namespace dontgoback::walk::friends {

/// What the handlers need.
struct Parts {
  storage::Database& database;
  const time::Clock& clock;
  const Listeners& listeners;
  const http::ActionLimit& asking;
  const std::string public_url;
};

http::Response search(const Parts& parts, const http::Request& request);
http::Response list_friends(const Parts& parts, const http::Request& request);
http::Response list_requests(const Parts& parts, const http::Request& request);
http::Response list_blocks(const Parts& parts, const http::Request& request);
http::Response ask_somebody(const Parts& parts, const http::Request& request);
http::Response accept_request(const Parts& parts, const http::Request& request);
http::Response decline_request(const Parts& parts, const http::Request& request);
http::Response remove_friend(const Parts& parts, const http::Request& request);
http::Response block_walker(const Parts& parts, const http::Request& request);
http::Response unblock_walker(const Parts& parts, const http::Request& request);
http::Response make_own_link(const Parts& parts, const http::Request& request);
http::Response list_own_links(const Parts& parts, const http::Request& request);
http::Response end_own_link(const Parts& parts, const http::Request& request);
http::Response end_own_links(const Parts& parts, const http::Request& request);

}  // namespace dontgoback::walk::friends
