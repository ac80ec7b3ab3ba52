#include <memory>

#include "handlers.hpp"

namespace dontgoback::walk::friends {
namespace {

constexpr std::size_t kSmallBody = 1024;
constexpr limits::Rate kAskedAtOnce{"friend-request", 30, std::chrono::hours(1)};

}  // namespace

void add_routes(Host& host, const http::Authenticator& sessions, const Listeners& listeners) {
  using http::kNoBody, http::Lane, http::Method, http::RouteClass;
  using Handle = http::Response (*)(const Parts&, const http::Request&);

  const auto asking = std::make_shared<const http::ActionLimit>(
      host.limiter, host.metrics, "friend-request",
      Message{"친구 요청을 너무 많이 보냈습니다.", "Too many friend requests were sent."},
      std::initializer_list<http::ActionLimit::Share>{{http::Whose::account, kAskedAtOnce}});
  const auto parts =
      std::make_shared<const Parts>(Parts{host.database, host.clock, listeners, *asking, host.node.public_url});
  const auto add = [&](Method method, std::string_view path, RouteClass counts_as, std::size_t body, Handle handle) {
    host.router.add({method, path, http::Access::walker(sessions).as(counts_as),
                     method == Method::get ? Lane::query : Lane::command, body,
                     [parts, asking, handle](const http::Request& request) { return handle(*parts, request); }});
  };
  add(Method::get, "/api/v1/friends", RouteClass::read, kNoBody, list_friends);
  add(Method::del, "/api/v1/friends/{walkerId}", RouteClass::write, kNoBody, remove_friend);
  add(Method::get, "/api/v1/friends/search", RouteClass::search, kNoBody, search);
  add(Method::get, "/api/v1/friends/requests", RouteClass::read, kNoBody, list_requests);
  add(Method::post, "/api/v1/friends/requests", RouteClass::write, kSmallBody, ask_somebody);
  add(Method::put, "/api/v1/friends/requests/{walkerId}", RouteClass::write, kNoBody, accept_request);
  add(Method::del, "/api/v1/friends/requests/{walkerId}", RouteClass::write, kNoBody, decline_request);
  add(Method::get, "/api/v1/friends/blocks", RouteClass::read, kNoBody, list_blocks);
  add(Method::put, "/api/v1/friends/blocks/{walkerId}", RouteClass::write, kNoBody, block_walker);
  add(Method::del, "/api/v1/friends/blocks/{walkerId}", RouteClass::write, kNoBody, unblock_walker);
  add(Method::post, "/api/v1/friends/link", RouteClass::write, kNoBody, make_own_link);
  add(Method::get, "/api/v1/friends/link", RouteClass::read, kNoBody, list_own_links);
  add(Method::del, "/api/v1/friends/link", RouteClass::write, kNoBody, end_own_links);
  add(Method::del, "/api/v1/friends/link/{linkId}", RouteClass::write, kNoBody, end_own_link);
}

}  // namespace dontgoback::walk::friends
