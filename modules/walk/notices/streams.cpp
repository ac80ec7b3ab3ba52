#include "streams.hpp"

#include <algorithm>

#include "dontgoback/text/number.hpp"
#include "json.hpp"

namespace dontgoback::walk::notices {
namespace {

using std::chrono::milliseconds;

/// How late what is due by time may be.
constexpr milliseconds kTick{250};
/// More than so many walkers at once: all are looked at.
constexpr std::size_t kMostSignals = 10'000;
constexpr milliseconds kRetry{5'000};
/// Whose place another of the walker took: it would only take it back.
constexpr milliseconds kRetryLater{60'000};

}  // namespace

Streams::Streams(Host& host) : database_(host.database), clock_(host.clock) {
  const auto lost = [this] { signal([](Signals& signals) { signals.lost = true; }); };
  subscriptions_ = {host.state.subscribe(
                        kNewsTopic,
                        [this](std::string_view message) {
                          const auto walker = text::number<std::int64_t>(message);
                          if (walker) signal([&](Signals& signals) { signals.news.insert(WalkerId{*walker}); });
                        },
                        lost),
                    host.state.subscribe(
                        walkers::kSessionEndedTopic,
                        [this](std::string_view message) {
                          const auto session = text::number<std::int64_t>(message);
                          if (session) signal([&](Signals& signals) { signals.ended.insert(*session); });
                        },
                        lost)};
}

Streams::~Streams() {
  subscriptions_ = {};
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Streams::add(std::shared_ptr<http::Stream> stream, const Reader& reader) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return stream->close();
    signals_.arrived.emplace_back(std::move(stream), reader);
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  }
  woken_.notify_one();
}

void Streams::signal(const std::function<void(Signals&)>& what) {
  {
    const std::lock_guard lock(mutex_);
    if (!thread_.joinable()) return;  // there are no streams
    what(signals_);
    if (signals_.news.size() + signals_.ended.size() > kMostSignals) {
      signals_.news.clear();
      signals_.ended.clear();
      signals_.lost = true;
    }
  }
  woken_.notify_one();
}

void Streams::run() {
  Signals now;
  while (wait_for(now)) {
    try {
      serve(now);
      standing_.fine();
    } catch (const std::exception& error) {
      // Streams stay; what is due stays due, and who cannot be looked after now is at the next look.
      standing_.note(std::string("cannot look for what is new: ") + error.what());
    }
  }
}

/// False: it is over.
bool Streams::wait_for(Signals& now) {
  std::unique_lock lock(mutex_);
  const auto something = [this] { return stopping_ || signals_.any(); };
  if (walkers_.empty()) {
    woken_.wait(lock, something);
  } else {
    woken_.wait_for(lock, kTick, something);
  }
  now = std::exchange(signals_, {});
  return !stopping_;
}

void Streams::serve(Signals& signals) {
  const auto now = clock_.steady();
  for (auto& [stream, reader] : signals.arrived) take_in(std::move(stream), reader, now);
  for (const auto walker : signals.news) {
    if (const auto found = walkers_.find(walker); found != walkers_.end()) mark_due(found->second, now);
  }
  if (now >= next_heartbeat_) {
    next_heartbeat_ = now + kHeartbeatEvery;
    const auto text = std::make_shared<const std::string>(kHeartbeat);
    end_if([&](Open& one) { return !one.stream->send(text); });
  }
  if (!signals.ended.empty()) {
    end_sessions([&](std::int64_t session) { return signals.ended.contains(session); });
  }
  if (signals.lost || now >= next_sessions_) {
    next_sessions_ = now + kLookAtSessions;
    end_sessions([](std::int64_t) { return true; });
  }
  if (signals.lost || now >= next_poll_) {
    next_poll_ = now + kPoll;
    end_if([&](Open& one) {
      if (now < one.ends_at) return false;
      one.stream->send(retry_line(kRetry));
      one.stream->close();
      return true;
    });
    look_at_numbers(now);
  }
  read_news(now);
}

void Streams::take_in(std::shared_ptr<http::Stream> stream, const Reader& reader, Steady now) {
  auto& walker = walkers_[reader.walker];
  std::erase_if(walker.open, [](const Open& open) { return !open.stream->open(); });
  if (walker.open.size() >= kMostOfWalker) {
    walker.open.front().stream->send(retry_line(kRetryLater));
    walker.open.front().stream->close();
    walker.open.erase(walker.open.begin());
  }
  stream->send(retry_line(kRetry));
  std::uniform_int_distribution<std::int64_t> less(0, milliseconds(kLongest).count() / 6);
  walker.open.push_back({std::move(stream), reader, -1, now + milliseconds(kLongest) - milliseconds(less(scatter_))});
  walker.due = now;
}

void Streams::mark_due(Walker& walker, Steady now) {
  walker.due = std::min(walker.due, std::max(now, walker.read_at + kPause));
}

void Streams::end_if(const std::function<bool(Open&)>& ends) {
  for (auto walker = walkers_.begin(); walker != walkers_.end();) {
    auto& open = walker->second.open;
    std::erase_if(open, ends);
    walker = open.empty() ? walkers_.erase(walker) : std::next(walker);
  }
}

}  // namespace dontgoback::walk::notices
