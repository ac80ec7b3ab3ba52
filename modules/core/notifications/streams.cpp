#include "streams.hpp"

#include <algorithm>

#include "dontgoback/text/number.hpp"
#include "events.hpp"

namespace dontgoback::core::notifications {
namespace {

using std::chrono::milliseconds;

/// How late what is due by time may be.
constexpr milliseconds kTick{250};
/// More than so many accounts at once: all are looked at.
constexpr std::size_t kMostSignals = 10'000;
constexpr milliseconds kRetry{5'000};
/// Whose place another of the account took: it would only take it back.
constexpr milliseconds kRetryLater{60'000};

}  // namespace

Streams::Streams(Host& host) : database_(host.database), clock_(host.clock), zone_(host.zone) {
  const auto lost = [this] { signal([](Signals& signals) { signals.lost = true; }); };
  subscriptions_ = {
      host.state.subscribe(
          kNewsTopic,
          [this](std::string_view message) {
            const auto user = text::number<std::int64_t>(message);
            if (user) signal([&](Signals& signals) { signals.news.insert(UserId{*user}); });
          },
          lost),
      host.state.subscribe(
          kNoticeTopic, [this](std::string_view) { signal([](Signals& signals) { signals.notice = true; }); }, lost),
      host.state.subscribe(
          feed::kNewPostTopic, [this](std::string_view) { signal([](Signals& signals) { signals.posts = true; }); },
          lost),
      host.state.subscribe(
          sessions::kEndedTopic,
          [this](std::string_view message) {
            signal([&](Signals& signals) { signals.ended.push_back(sessions::read_ended(message)); });
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
  if (accounts_.empty()) {
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
  for (const auto user : signals.news) {
    if (const auto found = accounts_.find(user); found != accounts_.end()) mark_due(found->second, now);
  }
  posts_pending_ = posts_pending_ || signals.posts || signals.lost;
  if (now >= next_heartbeat_) {
    next_heartbeat_ = now + kHeartbeatEvery;
    send_to_all(std::make_shared<const std::string>(kHeartbeat));
  }
  const bool all = signals.lost || signals.notice || now >= next_poll_;
  if (all) {
    next_poll_ = now + kPoll;
    posts_pending_ = true;
    end_old(now);
    end_sessions({});
    if (signals.notice || signals.lost || now >= next_catch_up_) {
      next_catch_up_ = now + kCatchUp;
      catch_all_up();
    }
    look_at_numbers(now);
  } else {
    for (const auto& ended : signals.ended) end_sessions(ended);
  }
  read_news(now);
  tell_of_posts(now);
}

void Streams::take_in(std::shared_ptr<http::Stream> stream, const Reader& reader, Steady now) {
  auto& account = accounts_[reader.user];
  std::erase_if(account.open, [](const Open& open) { return !open.stream->open(); });
  if (account.open.size() >= kMostOfAccount) {
    account.open.front().stream->send(retry_line(kRetryLater));
    account.open.front().stream->close();
    account.open.erase(account.open.begin());
  }
  auto text = retry_line(kRetry);
  if (newest_) text += feed_event(*newest_);
  stream->send(std::move(text));
  std::uniform_int_distribution<std::int64_t> less(0, milliseconds(kLife).count() / 6);
  account.open.push_back({std::move(stream), reader.session, reader.language, reader.after, -1,
                          now + milliseconds(kLife) - milliseconds(less(scatter_))});
  account.due = now;
}

void Streams::mark_due(Account& account, Steady now) {
  account.due = std::min(account.due, std::max(now, account.read_at + kPause));
}

void Streams::send_to_all(const http::SharedText& text) {
  for (auto account = accounts_.begin(); account != accounts_.end();) {
    auto& open = account->second.open;
    std::erase_if(open, [&](const Open& one) { return !one.stream->send(text); });
    account = open.empty() ? accounts_.erase(account) : std::next(account);
  }
}

void Streams::end_old(Steady now) {
  for (auto& [user, account] : accounts_) {
    std::erase_if(account.open, [&](const Open& one) {
      if (now < one.ends_at) return false;
      one.stream->send(retry_line(kRetry));
      one.stream->close();
      return true;
    });
  }
}

}  // namespace dontgoback::core::notifications
