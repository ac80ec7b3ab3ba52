#include "handlers.hpp"
#include "streams.hpp"

namespace dontgoback::walk::notices {
namespace {

constexpr std::size_t kSmallBody = 4096;
constexpr limits::Rate kOfWalker{"cheer", 60, std::chrono::hours(1)};
constexpr limits::Rate kOfFriend{"cheer-friend", 3, std::chrono::hours(1)};

}  // namespace

std::shared_ptr<Streams> make_streams(Host& host) { return std::make_shared<Streams>(host); }

void add_routes(Host& host, const http::Authenticator& sessions, Streams& streams, const TestService& test_service) {
  using http::kNoBody, http::Lane, http::Method, http::RouteClass;
  using Handle = http::Response (*)(const Parts&, const http::Request&);

  const auto cheering = std::make_shared<const http::ActionLimit>(
      host.limiter, host.metrics, "cheer", Message{"응원을 너무 많이 보냈습니다.", "Too many cheers were sent."},
      std::initializer_list<http::ActionLimit::Share>{{http::Whose::account, kOfWalker},
                                                      {http::Whose::target, kOfFriend}});
  const auto parts = std::make_shared<const Parts>(Parts{host.database, host.clock, *cheering, test_service});
  const auto access = [&](Method method) {
    return http::Access::walker(sessions).as(method == Method::get ? RouteClass::read : RouteClass::write);
  };
  const auto add = [&](Method method, std::string_view path, std::size_t body, Handle handle) {
    host.router.add({method, path, access(method), method == Method::get ? Lane::query : Lane::command, body,
                     [parts, cheering, handle](const http::Request& request) { return handle(*parts, request); }});
  };
  add(Method::get, "/api/v1/walkers/notifications", kNoBody, list);
  add(Method::post, "/api/v1/walkers/notifications/read", kSmallBody, read);
  host.router.add({Method::get, "/api/v1/walkers/notifications/stream", access(Method::get), Lane::query, kNoBody,
                   [&streams](const http::Request& request) { return streams.answer(request); }});
  add(Method::get, "/api/v1/walkers/settings", kNoBody, get_settings);
  add(Method::patch, "/api/v1/walkers/settings", kSmallBody, change_settings);
  add(Method::put, "/api/v1/walkers/devices", kSmallBody, put_device);
  add(Method::del, "/api/v1/walkers/devices", kSmallBody, remove_device);
  add(Method::post, "/api/v1/friends/{walkerId}/cheer", kNoBody, cheer);
}

}  // namespace dontgoback::walk::notices
