#include "streams.hpp"

#include "dontgoback/http/event_text.hpp"
#include "json.hpp"
#include "settings_store.hpp"

namespace dontgoback::walk::notices {

Streams::Streams(Host& host)
    : database_(host.database), streams_(host.clock, *this, kPace, "streams of walkers' notifications") {
  streams_.hear(host.state, kNewsTopic, &http::EventStreams::wake);
  streams_.hear(host.state, walkers::kSessionEndedTopic, &http::EventStreams::session_ended);
}

http::Response Streams::answer(const http::Request& request) {
  const auto seen = http::last_event_id(request);
  const auto walker = request.identity.walker;
  http::EventStreams::Reader reader{walker.value, request.identity.session, http::view_of(request.language), 0};
  database_.read([&](storage::Connection& connection) {
    const auto last = last_number(connection, walker);
    // Another walker's, when it is past the last.
    reader.after = seen && *seen <= last ? *seen : last;
    if (const auto chosen = find_settings(connection, walker).language) reader.view = http::view_of(*chosen);
  });
  return streams_.answer(reader);
}

std::vector<http::EventNews> Streams::news(std::span<const NewsFor> asked) {
  std::vector<http::EventNews> all;
  database_.read([&](storage::Connection& connection) {
    all.clear();
    for (const auto& one : asked) {
      const WalkerId walker{one.reader};
      auto& news = all.emplace_back(last_number(connection, walker));
      each_since(connection, walker, one.after, http::EventNews::kEventsAtOnce, [&](const Notice& row) {
        news.add(one, row.number, [&](http::EventView view) { return event_of(row, http::language_of_view(view)); });
      });
      news.state.fill(std::make_shared<const std::string>(unread_event(count_unread(connection, walker))));
    }
  });
  return all;
}

std::vector<std::int64_t> Streams::behind(std::span<const NewsFor> asked, Look) {
  std::vector<WalkerId> walkers;
  for (const auto& one : asked) walkers.push_back(WalkerId{one.reader});
  std::vector<http::LastEvent> last;
  for (const auto& [walker, number] :
       database_.read([&](storage::Connection& connection) { return last_numbers(connection, walkers); })) {
    last.push_back({walker.value, number});
  }
  return http::those_behind(asked, last);
}

std::vector<std::int64_t> Streams::ended(std::span<const Session> asked) {
  std::vector<std::int64_t> ended;
  database_.read([&](storage::Connection& connection) {
    ended.clear();
    for (const auto& one : asked) {
      if (!walkers::is_live(connection, WalkerId{one.reader}, one.session)) ended.push_back(one.session);
    }
  });
  return ended;
}

}  // namespace dontgoback::walk::notices
