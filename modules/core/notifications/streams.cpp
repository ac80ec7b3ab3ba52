#include "streams.hpp"

#include <algorithm>

#include "catch_up.hpp"
#include "dontgoback/http/event_text.hpp"
#include "events.hpp"
#include "sessions/sessions.hpp"
#include "store.hpp"

namespace dontgoback::core::notifications {
Streams::Streams(Host& host)
    : database_(host.database),
      clock_(host.clock),
      zone_(host.zone),
      streams_(host.clock, *this, kPace, "streams of notifications") {
  using http::EventStreams;
  streams_.hear(host.state, kNewsTopic, &EventStreams::wake);
  streams_.hear(host.state, kNoticeTopic, [this](std::string_view) { streams_.look_at_all(); });
  streams_.hear(host.state, feed::kNewPostTopic, [this](std::string_view) { streams_.said_to_all(); });
  streams_.hear(host.state, sessions::kEndedTopic, [this](std::string_view message) {
    const auto ended = sessions::read_ended(message);
    if (ended.user) {
      streams_.session_of_ended(ended.user->value);
    } else if (ended.session) {
      streams_.session_ended(*ended.session);
    } else {
      streams_.look_at_all();
    }
  });
}

http::Response Streams::answer(const http::Request& request) {
  const auto seen = http::last_event_id(request);
  const auto user = request.identity.user;
  http::EventStreams::Reader reader{user.value, request.identity.session, http::view_of(request.language), 0};
  database_.read([&](storage::Connection& connection) {
    const auto last = last_number(connection, user);
    // Another account's, when it is past the last.
    reader.after = seen && *seen <= last ? *seen : last;
    if (const auto chosen = accounts::language_of(connection, user)) reader.view = http::view_of(*chosen);
  });
  return streams_.answer(reader);
}

std::vector<http::EventNews> Streams::news(std::span<const NewsFor> asked) {
  std::vector<http::EventNews> all;
  database_.read([&](storage::Connection& connection) {
    all.clear();
    for (const auto& one : asked) {
      const UserId user{one.reader};
      auto& news = all.emplace_back(last_number(connection, user));
      each_since(connection, user, one.after, http::EventNews::kEventsAtOnce, [&](const Notification& row) {
        news.add(one, row.number, [&](http::EventView view) { return event_of(row, http::language_of_view(view)); });
      });
      news.state.fill(std::make_shared<const std::string>(unread_event(count_unread(connection, user))));
    }
  });
  return all;
}

std::vector<std::int64_t> Streams::behind(std::span<const NewsFor> asked, Look look) {
  std::vector<UserId> users;
  for (const auto& one : asked) users.push_back(UserId{one.reader});
  if (look == Look::thorough) catch_up(database_, users, moment_of(clock_, zone_));
  std::vector<http::LastEvent> last;
  for (const auto& [user, number] :
       database_.read([&](storage::Connection& connection) { return last_numbers(connection, users); })) {
    last.push_back({user.value, number});
  }
  return http::those_behind(asked, last);
}

std::vector<std::int64_t> Streams::ended(std::span<const Session> asked) {
  std::vector<std::int64_t> sessions;
  for (const auto& one : asked) sessions.push_back(one.session);
  const auto live =
      database_.read([&](storage::Connection& connection) { return sessions::live_among(connection, sessions); });
  std::erase_if(sessions, [&](std::int64_t session) { return std::ranges::find(live, session) != live.end(); });
  return sessions;
}

/// How far the feed is. What was deleted before it was told leaves nothing.
http::SharedText Streams::to_all() {
  const auto newest = database_.read([](storage::Connection& connection) { return feed::newest_shown(connection); });
  if (!newest || (newest_ && *newest <= *newest_)) return {};
  newest_ = newest;
  return std::make_shared<const std::string>(feed_event(*newest));
}

}  // namespace dontgoback::core::notifications
