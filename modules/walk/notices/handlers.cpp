#include "handlers.hpp"

#include "device_store.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/json/reader.hpp"
#include "json.hpp"
#include "settings_store.hpp"

namespace dontgoback::walk::notices {
namespace {

struct ReadRequest {
  Number upTo = 0;
};
BOOST_DESCRIBE_STRUCT(ReadRequest, (), (upTo))

constexpr Failure kNoNumber{FailureKind::invalid, {"`upTo`는 0 이상이어야 합니다.", "`upTo` is 0 or more."}};
constexpr Failure kNoDevice{FailureKind::invalid,
                            {"`fcmToken`과 `subscription` 가운데 하나가 있어야 합니다.",
                             "One of `fcmToken` and `subscription` has to be there."}};
constexpr Failure kNoToken{FailureKind::invalid,
                           {"`fcmToken`은 공백 없는 ASCII이고 1024자를 넘을 수 없습니다.",
                            "`fcmToken` is visible ASCII, of at most 1024 characters."}};

/// An app's token, or a browser's subscription.
struct DeviceRequest {
  std::optional<std::string> fcmToken;
  std::optional<push::GivenSubscription> subscription;
};
BOOST_DESCRIBE_STRUCT(DeviceRequest, (), (fcmToken, subscription))

Address read_address(std::string_view body, const TestService& test_service) {
  const auto given = http::unwrap(json::read<DeviceRequest>(body));
  if (given.fcmToken.has_value() == given.subscription.has_value()) throw http::Error(kNoDevice);
  if (given.subscription) {
    return {push::Channel::web, http::unwrap(push::judge_subscription(*given.subscription, test_service))};
  }
  if (!is_app_token(*given.fcmToken)) throw http::Error(kNoToken);
  return {push::Channel::fcm, {*given.fcmToken, "", ""}};
}

http::Response answer(const http::Request& request, const Message& message, const Settings& settings) {
  return http::envelope(request, 200, message, [&](json::Writer& writer) { write_settings(writer, settings); });
}

}  // namespace

http::Response list(const Parts& parts, const http::Request& request) {
  const auto before = http::page_before(request, "lastNotificationId");
  const auto size = http::page_size(request);
  const auto walker = request.identity.walker;
  return parts.database.read([&](storage::Connection& connection) {
    return http::envelope(request, 200, {"알림 목록입니다.", "The notifications."}, [&](json::Writer& writer) {
      writer.begin_object();
      writer.key("notifications");
      writer.begin_array();
      each_notice(connection, walker, before, size, [&](const Notice& each) { write(writer, each, request.language); });
      writer.end_array();
      writer.field("unreadCount", count_unread(connection, walker));
      writer.end_object();
    });
  });
}

http::Response read(const Parts& parts, const http::Request& request) {
  const auto up_to = http::unwrap(json::read<ReadRequest>(request.body)).upTo;
  if (up_to < 0) throw http::Error(kNoNumber);
  const auto unread = parts.database.write([&](storage::Connection& connection) {
    mark_read(connection, request.identity.walker, up_to);
    return count_unread(connection, request.identity.walker);
  });
  return http::envelope(request, 200, {"알림을 읽었습니다.", "Marked as read."}, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("unreadCount", unread);
    writer.end_object();
  });
}

http::Response get_settings(const Parts& parts, const http::Request& request) {
  const auto settings = parts.database.read(
      [&](storage::Connection& connection) { return find_settings(connection, request.identity.walker); });
  return answer(request, {"설정입니다.", "The settings."}, settings);
}

http::Response change_settings(const Parts& parts, const http::Request& request) {
  const auto walker = request.identity.walker;
  const auto settings = parts.database.write([&](storage::Connection& connection) {
    // Of two changes at once none undoes the other.
    if (!walkers::lock_walker(connection, walker)) throw http::Error(walkers::kNoWalker);
    const auto before = find_settings(connection, walker);
    const auto after = http::unwrap(with_changes(before, request.body));
    if (after != before) put_settings(connection, walker, after);
    return after;
  });
  return answer(request, {"설정을 저장했습니다.", "The settings were saved."}, settings);
}

http::Response put_device(const Parts& parts, const http::Request& request) {
  const auto address = read_address(request.body, parts.test_service);
  const auto& who = request.identity;
  const auto write = [&] {
    parts.database.write([&](storage::Connection& connection) {
      if (!walkers::lock_walker(connection, who.walker)) throw http::Error(walkers::kNoWalker);
      put_device(connection, who.walker, who.session, address, parts.clock.now());
    });
  };
  try {
    write();
  } catch (const storage::DuplicateKey&) {
    write();  // another walker of the device came first, in this moment
  }
  return http::envelope(request, 200, {"이 기기에 알림을 보냅니다.", "This device is told of what happens."});
}

/// A device that has nothing any more may say so again, and need not name what it had.
http::Response remove_device(const Parts& parts, const http::Request& request) {
  const auto& who = request.identity;
  parts.database.write(
      [&](storage::Connection& connection) { remove_devices_of_session(connection, who.walker, who.session); });
  return http::envelope(request, 200,
                        {"이 기기에 알림을 보내지 않습니다.", "This device is told of nothing any more."});
}

/// Whoever is no friend is as if not there.
http::Response cheer(const Parts& parts, const http::Request& request) {
  const auto uuid = walkers::parse_uuid(request.path_parameter("walkerId"));
  const auto walker = request.identity.walker;
  const auto other = parts.database.read([&](storage::Connection& connection) {
    const auto found = uuid ? walkers::find_by_uuid(connection, *uuid) : std::nullopt;
    const bool is_friend =
        found && found->status == walkers::Status::active && friends::are_friends(connection, walker, found->id);
    return is_friend ? found : std::nullopt;
  });
  if (!other) throw http::Error(walkers::kNoWalker);
  const auto pair = std::to_string(walker.value) + ":" + std::to_string(other->id.value);
  if (auto refused = parts.cheering.refuse(request, pair)) return std::move(*refused);
  parts.database.write([&](storage::Connection& connection) {
    if (!friends::are_friends(connection, walker, other->id)) throw http::Error(walkers::kNoWalker);
    tell(connection, {other->id, Kind::cheer, walker, 0, parts.clock.now()});
  });
  return http::envelope(request, 200, {"응원을 보냈습니다.", "Your friend is cheered on."});
}

}  // namespace dontgoback::walk::notices
