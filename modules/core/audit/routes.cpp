#include "audit.hpp"
#include "dontgoback/http/parameters.hpp"

namespace dontgoback::core::audit {
namespace {

http::Response list(storage::Database& database, const http::Request& request) {
  const auto before = http::page_before(request, "lastEntryId");
  const auto size = http::page_size(request);
  return database.read([&](storage::Connection& connection) {
    return http::envelope(request, 200, {"감사 기록입니다.", "The audit trail."}, [&](json::Writer& writer) {
      writer.begin_object();
      writer.key("entries");
      writer.begin_array();
      each_entry(connection, before, size, [&writer](const Entry& entry) {
        writer.begin_object();
        writer.field("entryId", entry.id);
        writer.field("at", entry.at);
        writer.field("actorId", entry.actor);
        writer.field("action", to_string(entry.action));
        writer.field("targetType", to_string(entry.target.kind));
        writer.field("targetId", entry.target.id);
        writer.field("reason", entry.reason);
        writer.end_object();
      });
      writer.end_array();
      writer.end_object();
    });
  });
}

}  // namespace

void add_routes(Host& host, const http::Authenticator& sessions) {
  host.router.add({http::Method::get, "/api/v1/admin/audit",
                   http::Access::account(sessions, http::Role::admin).as(http::RouteClass::read), http::Lane::query,
                   http::kNoBody,
                   [&database = host.database](const http::Request& request) { return list(database, request); }});
}

}  // namespace dontgoback::core::audit
