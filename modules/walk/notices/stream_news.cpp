#include <algorithm>

#include "json.hpp"
#include "streams.hpp"

// What the thread of the streams reads, and gives them.
namespace dontgoback::walk::notices {
namespace {

constexpr std::size_t kWalkersAtOnce = 64;
/// A stream that was away for long gets what is new in several goes: 64 KiB are all that it may be behind.
constexpr int kRowsAtOnce = 50;
constexpr auto kNever = Streams::Steady::max();

}  // namespace

void Streams::look_at_numbers(Steady now) {
  std::vector<WalkerId> ids;
  ids.reserve(walkers_.size());
  for (const auto& [id, walker] : walkers_) ids.push_back(id);
  for (std::span<const WalkerId> left = ids; !left.empty();) {
    const auto some = left.first(std::min(left.size(), kWalkersAtOnce));
    left = left.subspan(some.size());
    const auto last = database_.read([&](storage::Connection& connection) { return last_numbers(connection, some); });
    for (const auto& [id, number] : last) {
      auto& walker = walkers_.at(id);
      if (number > walker.looked_until) mark_due(walker, now);
    }
  }
}

void Streams::read_news(Steady now) {
  std::vector<WalkerId> due;
  for (const auto& [id, walker] : walkers_) {
    if (walker.due <= now) due.push_back(id);
  }
  for (std::span<const WalkerId> left = due; !left.empty();) {
    const auto some = left.first(std::min(left.size(), kWalkersAtOnce));
    left = left.subspan(some.size());
    database_.read([&](storage::Connection& connection) {
      for (const auto id : some) give(connection, id, walkers_.at(id), now);
    });
    for (const auto id : some) {
      if (walkers_.at(id).open.empty()) walkers_.erase(id);
    }
  }
}

void Streams::give(storage::Connection& connection, WalkerId id, Walker& walker, Steady now) {
  const auto after = [](const Open& one) { return one.reader.after; };
  const auto behind = std::ranges::min_element(walker.open, {}, after);
  if (behind == walker.open.end()) return;
  // First: what comes meanwhile is read, or looked for again.
  auto until = last_number(connection, id);
  struct Event {
    Number number;
    std::array<std::string, 2> text;  // in both languages
  };
  std::vector<Event> events;
  each_since(connection, id, after(*behind), kRowsAtOnce, [&](const Notice& row) {
    events.push_back({row.number, {event_of(row, http::Language::ko), event_of(row, http::Language::en)}});
  });
  const bool more = events.size() == static_cast<std::size_t>(kRowsAtOnce);
  if (!events.empty()) until = more ? events.back().number : std::max(until, events.back().number);
  const auto unread = count_unread(connection, id);
  std::erase_if(walker.open, [&](Open& one) {
    std::string text;
    for (const auto& event : events) {
      if (event.number > one.reader.after) text += event.text[one.reader.language == http::Language::en ? 1 : 0];
    }
    one.reader.after = std::max(one.reader.after, until);
    if (std::exchange(one.unread, unread) != unread) text += unread_event(unread);
    return text.empty() ? !one.stream->open() : !one.stream->send(std::move(text));
  });
  walker.looked_until = until;
  walker.read_at = now;
  walker.due = more ? now : kNever;
}

void Streams::end_sessions(const std::function<bool(std::int64_t)>& is_asked) {
  std::vector<Reader> asked;
  for (const auto& [id, walker] : walkers_) {
    for (const auto& one : walker.open) {
      if (is_asked(one.reader.session)) asked.push_back(one.reader);
    }
  }
  std::unordered_set<std::int64_t> ended;
  for (std::span<const Reader> left = asked; !left.empty();) {
    const auto some = left.first(std::min(left.size(), kWalkersAtOnce));
    left = left.subspan(some.size());
    database_.read([&](storage::Connection& connection) {
      for (const auto& one : some) {
        if (!walkers::is_live(connection, one.walker, one.session)) ended.insert(one.session);
      }
    });
  }
  if (ended.empty()) return;
  end_if([&](Open& one) {
    if (!ended.contains(one.reader.session)) return false;
    one.stream->close();
    return true;
  });
}

}  // namespace dontgoback::walk::notices
