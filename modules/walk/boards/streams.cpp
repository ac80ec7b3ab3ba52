#include "streams.hpp"

#include "friends/friends.hpp"
#include "json.hpp"
#include "steps/steps.hpp"

namespace dontgoback::walk::boards {

Streams::Streams(Host& host, GoesOn goes_on, LeastConfidence least_confidence)
    : database_(host.database),
      clock_(host.clock),
      goes_on_(std::move(goes_on)),
      least_confidence_(least_confidence),
      streams_(host.clock, *this, kPace, "streams of boards") {
  using http::EventStreams;
  streams_.hear(host.state, steps::kChangedTopic, &EventStreams::changed);  // kMany: all may have
  streams_.hear(host.state, friends::kChangedTopic, &EventStreams::wake);
  streams_.hear(host.state, walkers::kSessionEndedTopic, &EventStreams::session_ended);
}

http::Response Streams::answer(const http::Request& request, Period period) {
  return streams_.answer(
      {request.identity.walker.value, request.identity.session, static_cast<http::EventView>(period), 0});
}

std::vector<http::EventNews> Streams::news(std::span<const NewsFor> asked) {
  std::vector<http::EventNews> all;
  database_.read([&](storage::Connection& connection) {
    all.clear();
    for (const auto& one : asked) {
      auto& news = all.emplace_back();
      for (http::EventView view = 0; view < http::kMostViews; ++view) {
        if (!one.views.test(view)) continue;
        const Looking looking{static_cast<Period>(view), clock_.now(), least_confidence_};
        const auto board = friends_board(connection, WalkerId{one.reader}, looking);
        news.state.at(view) = std::make_shared<const std::string>(event_of(board));
        news.watched.clear();
        for (const auto& entry : board.entries) news.watched.push_back(entry.walker.value);
      }
    }
  });
  return all;
}

/// Boards have no numbers.
std::vector<std::int64_t> Streams::behind(std::span<const NewsFor> asked, Look look) {
  std::vector<std::int64_t> behind;
  if (look != Look::thorough) return behind;
  for (const auto& one : asked) behind.push_back(one.reader);
  return behind;
}

std::vector<std::int64_t> Streams::ended(std::span<const Session> asked) {
  std::vector<std::int64_t> ended;
  database_.read([&](storage::Connection& connection) {
    ended.clear();
    for (const auto& one : asked) {
      if (!goes_on_(connection, WalkerId{one.reader}, one.session)) ended.push_back(one.session);
    }
  });
  return ended;
}

}  // namespace dontgoback::walk::boards
