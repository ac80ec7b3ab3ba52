#include <algorithm>
#include <functional>

#include "dontgoback/http/event_streams.hpp"

// What the thread of the streams asks the source, and gives to the connections.
namespace dontgoback::http {
namespace {

constexpr auto kNever = EventStreams::Steady::max();

std::size_t hash_of(std::string_view text) { return std::hash<std::string_view>{}(text) | 1U; }

template <class T, class F>
void some_at_a_time(const std::vector<T>& all, F&& each) {
  for (std::span<const T> left = all; !left.empty();) {
    const auto some = left.first(std::min(left.size(), EventStreams::kAtOnce));
    left = left.subspan(some.size());
    each(some);
  }
}

std::unique_ptr<std::int64_t[]> kept(const std::vector<std::int64_t>& watched) {
  if (watched.empty()) return nullptr;
  auto copy = std::make_unique_for_overwrite<std::int64_t[]>(watched.size() + 1);
  *std::ranges::copy(watched, copy.get()).out = 0;
  return copy;
}

}  // namespace

NewsFor EventStreams::asked_for(std::int64_t id, const OfReader& reader) {
  NewsFor asked{id, std::ranges::min(reader.open, {}, &Open::after).after, {}};
  for (const auto& one : reader.open) asked.views.set(one.view);
  return asked;
}

void EventStreams::look(Look look, Steady now) {
  std::vector<NewsFor> asked;
  asked.reserve(readers_.size());
  for (const auto& [id, reader] : readers_) asked.push_back(asked_for(id, reader));
  some_at_a_time(asked, [&](std::span<const NewsFor> some) {
    for (const auto id : source_.behind(some, look)) mark_due(id, now);
  });
}

void EventStreams::read_due(Steady now) {
  std::vector<NewsFor> due;
  for (const auto& [id, reader] : readers_) {
    if (reader.due <= now) due.push_back(asked_for(id, reader));
  }
  some_at_a_time(due, [&](std::span<const NewsFor> some) {
    const auto news = source_.news(some);
    const auto read_at = clock_.steady();  // before anybody hears of it
    for (std::size_t i = 0; i < some.size(); ++i) give(some[i].reader, news.at(i), read_at);
  });
}

void EventStreams::give(std::int64_t id, const EventNews& news, Steady read_at) {
  const auto found = readers_.find(id);
  auto& reader = found->second;
  std::array<std::size_t, kMostViews> hashes{};
  for (std::size_t view = 0; view < kMostViews; ++view) {
    if (news.state.at(view)) hashes.at(view) = hash_of(*news.state.at(view));
  }
  std::erase_if(reader.open, [&](Open& one) {
    std::string text;
    for (const auto& event : news.events()) {
      if (event.number > one.after) text += event.text.at(one.view);
    }
    one.after = std::max(one.after, news.until());
    const auto hash = hashes.at(one.view);
    const bool stands_so = hash == 0 || std::exchange(one.sent, hash) == hash;
    const auto& state = news.state.at(one.view);
    if (text.empty()) return stands_so ? !one.stream->open() : !one.stream->send(state);
    if (!stands_so) text += *state;
    return !one.stream->send(std::move(text));
  });
  if (reader.open.empty()) {
    readers_.erase(found);
    return;
  }
  reader.watched = kept(news.watched);
  reader.read_at = read_at;
  reader.due = kNever;
  if (pace_.reread.count() > 0) reader.due = read_at + pace_.reread;
  if (news.more()) reader.due = read_at;
}

void EventStreams::tell_all(Steady now) {
  if (!to_all_pending_ || now < next_to_all_ || readers_.empty()) return;
  auto text = source_.to_all();
  to_all_pending_ = false;
  if (!text || (to_all_ && *text == *to_all_)) return;
  to_all_ = std::move(text);
  next_to_all_ = now + pace_.pause;
  end_if([&](Open& one) { return !one.stream->send(to_all_); });
}

void EventStreams::end_sessions(const Signals& signals, Steady now) {
  const bool all = signals.all || now >= next_sessions_;
  if (!all && signals.ended.empty() && signals.ended_of.empty()) return;
  std::vector<Session> asked;
  for (const auto& [id, reader] : readers_) {
    const bool all_of_it = all || signals.ended_of.contains(id);
    for (const auto& one : reader.open) {
      if (all_of_it || signals.ended.contains(one.session)) asked.push_back({id, one.session});
    }
  }
  std::unordered_set<std::int64_t> ended;
  some_at_a_time(asked, [&](std::span<const Session> some) {
    for (const auto session : source_.ended(some)) ended.insert(session);
  });
  if (all) next_sessions_ = now + pace_.sessions;
  if (ended.empty()) return;
  end_if([&](Open& one) {
    if (!ended.contains(one.session)) return false;
    one.stream->close();
    return true;
  });
}

}  // namespace dontgoback::http
