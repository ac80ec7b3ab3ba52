#include "device_store.hpp"
#include "dontgoback/push/message.hpp"
#include "settings_store.hpp"
#include "store.hpp"
#include "words.hpp"

namespace dontgoback::walk::notices {
namespace {

/// A push is of no more use after that: who was overtaken in the morning need not hear of it in the evening.
std::chrono::hours use_of(Kind kind) { return std::chrono::hours(kind == Kind::overtaken ? 2 : 12); }

bool was_within(time::Timestamp at, time::Timestamp::duration span, time::Timestamp now) {
  return at <= now && at > now - span;
}

/// What an app is given besides: its names are the first release's.
std::vector<std::pair<std::string, std::string>> data_of(Kind kind, const std::string& nickname) {
  std::vector<std::pair<std::string, std::string>> data{{"kind", std::string(to_string(kind))}};
  if (kind == Kind::friend_request) data.emplace_back("senderNickname", nickname);
  if (kind == Kind::friend_accept) data.emplace_back("recipientNickname", nickname);
  return data;
}

void push_to_devices(storage::Connection& connection, const Told& told, const std::optional<walkers::Walker>& other,
                     const Settings& settings) {
  const auto language = settings.language.value_or(http::Language::ko);
  const auto nickname = other ? other->nickname : std::string();
  auto tag = std::string(to_string(told.kind));
  if (other) tag += "-" + walkers::to_string(other->uuid);
  for (const auto& device : devices_of(connection, told.to)) {
    if (device.session != 0 && !walkers::is_live(connection, told.to, device.session)) {
      remove_device(connection, device.id);
      continue;
    }
    push::send(connection,
               {.device = {std::string(kPushTopic), device.id, device.channel},
                .title = std::string(title_of(told.kind, language)),
                .body = text_of(told.kind, nickname, told.amount, language),
                .tag = tag,
                .path = "/walk/notifications",
                .urgency = told.kind == Kind::overtaken ? push::Urgency::low : push::Urgency::normal,
                .until = told.now + use_of(told.kind),
                .data = data_of(told.kind, nickname)},
               told.now);
  }
}

}  // namespace

void tell(storage::Connection& connection, const Told& told) {
  const auto to = walkers::find(connection, told.to);
  if (!to || to->status != walkers::Status::active) return;
  const auto settings = find_settings(connection, told.to);
  if (settings.muted.has(told.kind)) return;
  std::optional<walkers::Walker> other;
  if (told.other) {
    other = walkers::find(connection, *told.other);
    if (!other || other->status != walkers::Status::active) return;
  }
  const auto last = find_last(connection, told);
  if (last && told.kind == Kind::overtaken && was_within(last->at, kOvertakenEvery, told.now)) return;

  const auto number = next_number(connection, told.to);
  // One unread line for what the same walker does again and again.
  if (last && !last->read) drop(connection, told.to, last->number);
  const bool has_room =
      !was_within(told_at(connection, told.to, kMostInPause - 1).value_or(time::Timestamp::min()), kPause, told.now);
  add(connection, told, number, last && !last->read ? last->times + 1 : 1);
  drop_surplus(connection, told.to);
  if (has_room && !(last && was_within(last->at, kPause, told.now))) {
    push_to_devices(connection, told, other, settings);
  }
}

std::optional<time::Timestamp> last_cheer(storage::Connection& connection, WalkerId walker, WalkerId by) {
  const auto last = find_last(connection, {walker, Kind::cheer, by, 0, {}});
  return last ? std::optional(last->at) : std::nullopt;
}

void register_app(storage::Connection& connection, WalkerId walker, std::int64_t session, std::string_view token,
                  time::Timestamp now) {
  put_device(connection, walker, session, {push::Channel::fcm, {std::string(token), "", ""}}, now);
}

}  // namespace dontgoback::walk::notices
