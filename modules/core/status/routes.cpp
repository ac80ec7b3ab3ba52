#include "json.hpp"
#include "status.hpp"

namespace dontgoback::core::status {
namespace {

http::Response show(telemetry::Overview& overview, const http::Request& request) {
  const auto status = overview.look();
  return http::envelope(request, 200, {"노드의 상태입니다.", "How the node is."},
                        [&](json::Writer& writer) { write(writer, status, request.language); });
}

}  // namespace

void add_routes(Host& host, const http::Authenticator& sessions) {
  // In the lane of /readyz: while the database is silent, members' reads hold the others.
  host.router.add({http::Method::get, "/api/v1/admin/status",
                   http::Access::account(sessions, http::Role::admin).as(http::RouteClass::read), http::Lane::command,
                   http::kNoBody,
                   [&overview = host.overview](const http::Request& request) { return show(overview, request); }});
}

}  // namespace dontgoback::core::status
