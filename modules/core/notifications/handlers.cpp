#include "handlers.hpp"

#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/json/reader.hpp"
#include "json.hpp"
#include "store.hpp"

namespace dontgoback::core::notifications {
namespace {

struct ReadRequest {
  Number upTo = 0;
};
BOOST_DESCRIBE_STRUCT(ReadRequest, (), (upTo))

constexpr Failure kNoNumber{FailureKind::invalid, {"`upTo`는 0 이상이어야 합니다.", "`upTo` is 0 or more."}};

}  // namespace

http::Response list(storage::Database& database, const http::Request& request) {
  const auto before = http::page_before(request, "lastNotificationId");
  const auto size = http::page_size(request);
  const auto user = request.identity.user;
  return database.read([&](storage::Connection& connection) {
    return http::envelope(request, 200, {"알림 목록입니다.", "The notifications."}, [&](json::Writer& writer) {
      writer.begin_object();
      writer.key("notifications");
      writer.begin_array();
      each_notification(connection, user, before, size,
                        [&](const Notification& each) { write(writer, each, request.language); });
      writer.end_array();
      writer.field("unreadCount", count_unread(connection, user));
      writer.end_object();
    });
  });
}

http::Response read(storage::Database& database, const http::Request& request) {
  const auto up_to = http::unwrap(json::read<ReadRequest>(request.body)).upTo;
  if (up_to < 0) throw http::Error(kNoNumber);
  const auto unread = database.write([&](storage::Connection& connection) {
    mark_read(connection, request.identity.user, up_to);
    return count_unread(connection, request.identity.user);
  });
  return http::envelope(request, 200, {"알림을 읽었습니다.", "Marked as read."}, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("unreadCount", unread);
    writer.end_object();
  });
}

}  // namespace dontgoback::core::notifications
