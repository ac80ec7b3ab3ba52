#include "handlers.hpp"

namespace dontgoback::walk::steps {
namespace {

constexpr std::size_t kUpdateBody = 2 * 1024;
constexpr std::size_t kUpdatesBody = 512 * 1024;  // kMostUpdates, each with a name, hours and all else

}  // namespace

std::unique_ptr<Recorder> make_recorder(Host& host, const http::Authenticator& sessions, Listeners listeners,
                                        const Limits& limits) {
  using http::kNoBody, http::Lane, http::Method, http::RouteClass;
  using Handle = http::Response (*)(const Desk&, const http::Request&);

  auto recorder = std::make_unique<QueuedRecorder>(
      QueuedRecorder::Parts{host.database, host.clock, host.trust, std::move(listeners), limits});
  const Desk desk{host.database, host.clock, *recorder};
  const auto add = [&](Method method, std::string_view path, RouteClass as, std::size_t body, Handle handle) {
    host.router.add({method, path, http::Access::walker(sessions).as(as),
                     method == Method::get ? Lane::query : Lane::command, body,
                     [desk, handle](const http::Request& request) { return handle(desk, request); }});
  };
  add(Method::get, "/api/v1/steps", RouteClass::read, kNoBody, list_days);
  add(Method::post, "/api/v1/steps", RouteClass::write, kUpdatesBody, post_updates);
  add(Method::get, "/api/v1/steps/statistics", RouteClass::read, kNoBody, statistics);
  // A phone tells every minute or two while somebody walks, as often as one taps.
  add(Method::put, "/api/v1/steps/{day}", RouteClass::like, kUpdateBody, put_day);
  add(Method::get, "/api/v1/steps/{day}/why", RouteClass::read, kNoBody, why);
  add(Method::del, "/api/v1/steps/{day}/devices/{device}", RouteClass::write, kNoBody, take_device_back);
  return recorder;
}

}  // namespace dontgoback::walk::steps
