#include <algorithm>
#include <functional>
#include <optional>

#include "json.hpp"
#include "streams.hpp"

// What the thread of the streams reads, and gives them.
namespace dontgoback::walk::boards {
namespace {

constexpr std::size_t kViewersAtOnce = 64;
constexpr std::size_t kPeriods = 3;

std::uint64_t hash_of(std::string_view text) { return std::hash<std::string_view>{}(text) | 1U; }

}  // namespace

/// Of one viewer.
struct Streams::News {
  WalkerId walker;
  std::array<http::SharedText, kPeriods> boards;  // null: nobody looks at it
  std::vector<WalkerId> watched;
  bool looked_at_sessions = false;
  std::vector<std::int64_t> ended;
};

void Streams::read_due(Steady now) {
  std::vector<WalkerId> due;
  for (const auto& [walker, viewer] : viewers_) {
    if (viewer.due <= now) due.push_back(walker);
  }
  for (std::span<const WalkerId> left = due; !left.empty();) {
    const auto some = left.first(std::min(left.size(), kViewersAtOnce));
    left = left.subspan(some.size());
    for (const auto& news : news_of(some, now)) give(news);
  }
}

std::vector<Streams::News> Streams::news_of(std::span<const WalkerId> walkers, Steady now) {
  std::vector<News> all;
  database_.read([&](storage::Connection& connection) {
    all.clear();
    for (const auto walker : walkers) {
      const auto& viewer = viewers_.at(walker);
      auto& news = all.emplace_back();
      news.walker = walker;
      news.looked_at_sessions = viewer.sessions_due <= now;
      for (const auto& one : viewer.open) {
        if (news.looked_at_sessions && !goes_on_(connection, walker, one.session)) news.ended.push_back(one.session);
        auto& text = news.boards.at(static_cast<std::size_t>(one.period));
        if (text) continue;
        const auto board = friends_board(connection, walker, {one.period, clock_.now(), least_confidence_});
        text = std::make_shared<const std::string>(event_of(board));
        news.watched.clear();
        for (const auto& entry : board.entries) news.watched.push_back(entry.walker);
      }
    }
  });
  return all;
}

void Streams::give(const News& news) {
  const auto found = viewers_.find(news.walker);
  auto& viewer = found->second;
  viewer.read_at = clock_.steady();
  viewer.due = viewer.read_at + kLook;
  if (news.looked_at_sessions) viewer.sessions_due = viewer.due;
  if (viewer.watched != news.watched) viewer.watched = news.watched;
  std::erase_if(viewer.open, [&](Open& one) {
    if (std::ranges::find(news.ended, one.session) != news.ended.end()) {
      one.stream->close();
      return true;
    }
    const auto& text = news.boards.at(static_cast<std::size_t>(one.period));
    const auto hash = hash_of(*text);
    if (std::exchange(one.sent, hash) == hash) return !one.stream->open();
    return !one.stream->send(text);
  });
  if (viewer.open.empty()) viewers_.erase(found);
}

void Streams::end_sessions(std::span<const std::int64_t> sessions) {
  if (sessions.empty()) return;
  const std::unordered_set<std::int64_t> ended(sessions.begin(), sessions.end());
  for (auto& [walker, viewer] : viewers_) {
    const auto is_of = [&](const Open& one) { return ended.contains(one.session); };
    if (std::ranges::none_of(viewer.open, is_of)) continue;
    viewer.due = viewer.sessions_due = Steady{};  // now, pause or not
  }
}

}  // namespace dontgoback::walk::boards
