#include "dontgoback/http/event_streams.hpp"

#include <algorithm>

#include "dontgoback/http/event_text.hpp"
#include "dontgoback/text/number.hpp"
#include "dontgoback/text/parts.hpp"

// Which streams there are, and when their thread does what; what it reads and gives is event_reading.cpp's.
namespace dontgoback::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// How late what is due by time may be.
constexpr milliseconds kTick{250};
/// More than so many numbers at once: all are looked at.
constexpr std::size_t kMostSignals = 10'000;
constexpr milliseconds kRetry{5'000};
/// Whose place another of the reader took: it would only take it back.
constexpr milliseconds kRetryLater{60'000};

void end_with(Stream& stream, milliseconds wait) {
  stream.send(retry_line(wait));
  stream.close();
}

}  // namespace

bool EventStreams::Signals::heard() const { return numbers() > 0 || to_all || all; }

EventStreams::EventStreams(const time::Clock& clock, Source& source, const Pace& pace, std::string subject)
    : clock_(clock), source_(source), pace_(pace), began_(clock.steady()), standing_(std::move(subject)) {}

EventStreams::~EventStreams() {
  subscriptions_.clear();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_one();
  if (thread_.joinable()) thread_.join();
}

Response EventStreams::answer(const Reader& reader) {
  Response response;
  response.content_type = "text/event-stream";
  response.header("Cache-Control", "no-store").header("X-Accel-Buffering", "no");
  response.stream = [this, reader](std::shared_ptr<Stream> begun) { add(std::move(begun), reader); };
  return response;
}

void EventStreams::add(std::shared_ptr<Stream> stream, const Reader& reader) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return stream->close();
    signals_.arrived.emplace_back(std::move(stream), reader);
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  }
  woken_.notify_one();
}

template <class F>
void EventStreams::signal(F&& what) {
  {
    const std::lock_guard lock(mutex_);
    if (!thread_.joinable()) return;  // there are no streams
    what(signals_);
    if (signals_.numbers() > kMostSignals) {
      Signals all;
      all.arrived = std::move(signals_.arrived);
      all.all = true;
      signals_ = std::move(all);
    }
  }
  if (pace_.gather == milliseconds(0)) woken_.notify_one();
}

void EventStreams::wake(std::int64_t reader) {
  signal([=](Signals& signals) { signals.woken.insert(reader); });
}
void EventStreams::changed(std::int64_t watched) {
  signal([=](Signals& signals) { signals.changed.insert(watched); });
}
void EventStreams::said_to_all() {
  signal([](Signals& signals) { signals.to_all = true; });
}
void EventStreams::look_at_all() {
  signal([](Signals& signals) { signals.all = true; });
}
void EventStreams::session_ended(std::int64_t session) {
  signal([=](Signals& signals) { signals.ended.insert(session); });
}
void EventStreams::session_of_ended(std::int64_t reader) {
  signal([=](Signals& signals) { signals.ended_of.insert(reader); });
}

void EventStreams::hear(shared::State& state, std::string_view topic, void (EventStreams::*told)(std::int64_t)) {
  hear(state, topic, [this, told](std::string_view message) {
    while (!message.empty()) {
      if (const auto number = text::number<std::int64_t>(text::take(message, ','))) {
        (this->*told)(*number);
      } else {
        look_at_all();
      }
    }
  });
}

void EventStreams::hear(shared::State& state, std::string_view topic, shared::State::Heard heard) {
  subscriptions_.push_back(state.subscribe(topic, std::move(heard), [this] { look_at_all(); }));
}

void EventStreams::run() {
  Signals now;
  while (wait_for(now)) {
    try {
      serve(now);
      standing_.fine();
    } catch (const std::exception& error) {
      // Streams stay, what is due stays due, and what was heard is looked for with the rest.
      if (now.all) next_look_ = next_thorough_ = {};
      if (now.all || !now.ended.empty() || !now.ended_of.empty()) next_sessions_ = {};
      standing_.note(std::string("cannot look for what is new: ") + error.what());
    }
  }
}

/// False: it is over.
bool EventStreams::wait_for(Signals& now) {
  std::unique_lock lock(mutex_);
  const bool at_once = pace_.gather == milliseconds(0);
  const auto something = [&] { return stopping_ || !signals_.arrived.empty() || (at_once && signals_.heard()); };
  if (readers_.empty()) {
    woken_.wait(lock, something);
  } else {
    woken_.wait_for(lock, at_once ? kTick : pace_.gather, something);
  }
  now = std::exchange(signals_, {});
  return !stopping_;
}

void EventStreams::serve(Signals& signals) {
  const auto now = clock_.steady();
  for (auto& [stream, reader] : signals.arrived) take_in(std::move(stream), reader, now);
  for (const auto reader : signals.woken) mark_due(reader, now);
  mark_who_watches(signals.changed, now);
  if (now >= next_heartbeat_) {
    next_heartbeat_ = now + kHeartbeatEvery;
    const auto text = std::make_shared<const std::string>(kHeartbeat);
    end_if([&](Open& one) { return !one.stream->send(text); });
  }
  const bool looks = signals.all || now >= next_look_;
  to_all_pending_ = to_all_pending_ || signals.to_all || looks;
  if (looks) {
    end_if([&](Open& one) {
      if (now - began_ < seconds(one.ends_after)) return false;
      end_with(*one.stream, kRetry);
      return true;
    });
  }
  end_sessions(signals, now);
  if (looks) {
    const bool thorough = signals.all || (pace_.thorough > seconds(0) && now >= next_thorough_);
    look(thorough ? Look::thorough : Look::passing, now);
    next_look_ = now + pace_.look;
    if (thorough) next_thorough_ = now + pace_.thorough;
  }
  read_due(now);
  tell_all(now);
}

void EventStreams::take_in(std::shared_ptr<Stream> stream, const Reader& reader, Steady now) {
  auto& own = readers_[reader.id];
  std::erase_if(own.open, [](const Open& open) { return !open.stream->open(); });
  if (own.open.size() >= kMostOfReader) {
    end_with(*own.open.front().stream, kRetryLater);
    own.open.erase(own.open.begin());
  }
  auto text = retry_line(kRetry);
  if (to_all_) text += *to_all_;
  stream->send(std::move(text));
  std::uniform_int_distribution<seconds::rep> less(0, seconds(kLongest).count() / 6);
  const auto end = std::chrono::floor<seconds>(now - began_) + kLongest - seconds(less(scatter_));
  own.open.push_back(
      {std::move(stream), reader.session, reader.after, 0, static_cast<std::uint32_t>(end.count()), reader.view});
  own.due = now;
}

void EventStreams::mark_due(std::int64_t reader, Steady now) {
  if (const auto found = readers_.find(reader); found != readers_.end()) mark_due(found->second, now);
}

void EventStreams::mark_due(OfReader& reader, Steady now) {
  reader.due = std::min(reader.due, std::max(now, reader.read_at + pace_.pause));
}

void EventStreams::mark_who_watches(const std::unordered_set<std::int64_t>& changed, Steady now) {
  if (changed.empty()) return;
  constexpr std::size_t kMarks = std::size_t{1} << 16U;
  const auto mark_of = [](std::int64_t number) { return static_cast<std::size_t>(number) % kMarks; };
  marks_.assign(kMarks, false);
  for (const auto number : changed) marks_[mark_of(number)] = true;
  for (auto& [id, reader] : readers_) {
    const auto* one = reader.watched.get();
    if (one == nullptr) continue;
    while (*one != 0 && !(marks_[mark_of(*one)] && changed.contains(*one))) ++one;
    if (*one != 0) mark_due(reader, now);
  }
}

void EventStreams::end_if(const std::function<bool(Open&)>& ends) {
  for (auto reader = readers_.begin(); reader != readers_.end();) {
    auto& open = reader->second.open;
    std::erase_if(open, ends);
    reader = open.empty() ? readers_.erase(reader) : std::next(reader);
  }
}

}  // namespace dontgoback::http
