#include "streams.hpp"

#include <algorithm>

#include "dontgoback/text/number.hpp"
#include "dontgoback/text/parts.hpp"
#include "friends/friends.hpp"
#include "steps/steps.hpp"

namespace dontgoback::walk::boards {
namespace {

using std::chrono::milliseconds;

/// How late what is due by time may be, and how long those who walk are gathered.
constexpr milliseconds kTick{100};
/// More than so many of a kind at once: all boards are read.
constexpr std::size_t kMostSignals = 10'000;
constexpr std::string_view kRetry = "retry: 5000\n\n";
/// Whose place another of the walker took: it would only take it back.
constexpr std::string_view kRetryLater = "retry: 60000\n\n";
/// Says nothing, so that nobody between takes the connection for dead, and a page that hears none knows that it is.
constexpr std::string_view kHeartbeat = "event: heartbeat\ndata: {}\n\n";

void end_with(http::Stream& stream, std::string_view last) {
  stream.send(std::string(last));
  stream.close();
}

}  // namespace

Streams::Streams(Host& host, GoesOn goes_on, LeastConfidence least_confidence)
    : database_(host.database), clock_(host.clock), goes_on_(std::move(goes_on)), least_confidence_(least_confidence) {
  const auto lost = [this] { signal([](Signals& signals) { signals.lost = true; }); };
  const auto gather = [this](Walkers Signals::*into) {
    return [this, into](std::string_view message) {
      signal([&](Signals& signals) {
        while (!message.empty()) {
          const auto walker = text::number<std::int64_t>(text::take(message, ','));
          if (walker) (signals.*into).insert(WalkerId{*walker});
          signals.lost = signals.lost || !walker;  // steps::kMany
        }
      });
    };
  };
  subscriptions_ = {host.state.subscribe(steps::kChangedTopic, gather(&Signals::walked), lost),
                    host.state.subscribe(friends::kChangedTopic, gather(&Signals::befriended), lost),
                    host.state.subscribe(
                        walkers::kSessionEndedTopic,
                        [this](std::string_view message) {
                          const auto session = text::number<std::int64_t>(message);
                          signal([&](Signals& signals) {
                            if (session) signals.ended.push_back(*session);
                            signals.lost = signals.lost || !session;
                          });
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

/// Wakes nobody: the thread looks every kTick, so that a thousand a second cost it ten looks.
void Streams::signal(const std::function<void(Signals&)>& what) {
  const std::lock_guard lock(mutex_);
  if (!thread_.joinable()) return;  // there are no streams
  what(signals_);
  if (signals_.walked.size() + signals_.befriended.size() + signals_.ended.size() > kMostSignals) {
    signals_.walked.clear();
    signals_.befriended.clear();
    signals_.ended.clear();
    signals_.lost = true;
  }
}

void Streams::run() {
  Signals now;
  while (wait_for(now)) {
    try {
      serve(now);
      standing_.fine();
    } catch (const std::exception& error) {
      // Streams stay, and what is due stays due.
      standing_.note(std::string("cannot read boards: ") + error.what());
    }
  }
}

/// False: it is over.
bool Streams::wait_for(Signals& now) {
  std::unique_lock lock(mutex_);
  const auto something = [this] { return stopping_ || !signals_.arrived.empty(); };
  if (viewers_.empty()) {
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
  if (signals.lost) {
    for (auto& [walker, viewer] : viewers_) mark_due(viewer, now);
  }
  for (const auto walker : signals.befriended) {
    if (const auto found = viewers_.find(walker); found != viewers_.end()) mark_due(found->second, now);
  }
  mark_who_watches(signals.walked, now);
  if (now >= next_heartbeat_) {
    next_heartbeat_ = now + kHeartbeatEvery;
    send_to_all(std::make_shared<const std::string>(kHeartbeat));
    end_old(now);
  }
  end_sessions(signals.ended);
  read_due(now);
}

void Streams::take_in(std::shared_ptr<http::Stream> stream, const Reader& reader, Steady now) {
  auto& viewer = viewers_[reader.walker];
  std::erase_if(viewer.open, [](const Open& open) { return !open.stream->open(); });
  if (viewer.open.size() >= kMostOfWalker) {
    end_with(*viewer.open.front().stream, kRetryLater);
    viewer.open.erase(viewer.open.begin());
  }
  stream->send(std::string(kRetry));
  std::uniform_int_distribution<std::int64_t> less(0, milliseconds(kLife).count() / 6);
  viewer.open.push_back(
      {std::move(stream), reader.session, reader.period, 0, now + milliseconds(kLife) - milliseconds(less(scatter_))});
  viewer.due = now;
}

void Streams::mark_due(Viewer& viewer, Steady now) {
  viewer.due = std::min(viewer.due, std::max(now, viewer.read_at + kPause));
}

void Streams::mark_who_watches(const Walkers& walked, Steady now) {
  if (walked.empty()) return;
  const auto mark_of = [](WalkerId walker) { return static_cast<std::size_t>(walker.value) % kMarks; };
  marks_.reset();
  for (const auto walker : walked) marks_.set(mark_of(walker));
  for (auto& [own, viewer] : viewers_) {
    const auto is_on = [&](WalkerId walker) { return marks_.test(mark_of(walker)) && walked.contains(walker); };
    if (std::ranges::any_of(viewer.watched, is_on)) mark_due(viewer, now);
  }
}

void Streams::send_to_all(const http::SharedText& text) {
  for (auto viewer = viewers_.begin(); viewer != viewers_.end();) {
    auto& open = viewer->second.open;
    std::erase_if(open, [&](const Open& one) { return !one.stream->send(text); });
    viewer = open.empty() ? viewers_.erase(viewer) : std::next(viewer);
  }
}

void Streams::end_old(Steady now) {
  for (auto& [walker, viewer] : viewers_) {
    std::erase_if(viewer.open, [&](const Open& one) {
      if (now < one.ends_at) return false;
      end_with(*one.stream, kRetry);
      return true;
    });
  }
}

}  // namespace dontgoback::walk::boards
