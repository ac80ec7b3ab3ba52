#include "catch_up.hpp"
#include "handlers.hpp"
#include "notifications.hpp"
#include "streams.hpp"

namespace dontgoback::core::notifications {
namespace {

constexpr std::size_t kSmallBody = 4096;

}  // namespace

std::shared_ptr<Streams> make_streams(Host& host) { return std::make_shared<Streams>(host); }

void add_routes(Host& host, const http::Authenticator& sessions, Streams& streams) {
  using http::Access, http::Lane, http::Method, http::RouteClass;
  auto& database = host.database;
  const auto up_to_date = [&host](const http::Request& request) -> const http::Request& {
    catch_up(host.database, std::span(&request.identity.user, 1), moment_of(host.clock, host.zone));
    return request;
  };
  host.router.add(
      {Method::get, "/api/v1/notifications", Access::account(sessions).as(RouteClass::read), Lane::query, http::kNoBody,
       [&database, up_to_date](const http::Request& request) { return list(database, up_to_date(request)); }});
  host.router.add({Method::get, "/api/v1/notifications/stream", Access::account(sessions).as(RouteClass::read),
                   Lane::query, http::kNoBody, [&streams, up_to_date](const http::Request& request) {
                     return streams.answer(up_to_date(request));
                   }});
  host.router.add({Method::post, "/api/v1/notifications/read", Access::account(sessions).as(RouteClass::write),
                   Lane::command, kSmallBody,
                   [&database](const http::Request& request) { return read(database, request); }});
}

}  // namespace dontgoback::core::notifications
