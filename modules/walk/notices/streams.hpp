#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <random>
#include <span>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "dontgoback/http/language.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/telemetry/health.hpp"
#include "store.hpp"

namespace dontgoback::walk::notices {

/// The open streams of walkers on this node. One thread, which is there from the first stream on, reads for all of them
/// what is new, by number, and gives it to the connections; shared::State only says when to look. What nobody told (a
/// node without Redis, a message that was lost) is found by looking every kPoll.
class Streams {
 public:
  using Steady = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds kHeartbeatEvery{25};
  static constexpr std::chrono::seconds kPoll{5};
  /// For sessions that ended and nobody told.
  static constexpr std::chrono::minutes kLookAtSessions{1};
  /// Between two events of one walker: what comes faster is drawn together.
  static constexpr std::chrono::milliseconds kPause{1000};
  /// The longest life of a stream; up to a sixth less, so that not all end at once.
  static constexpr std::chrono::minutes kLongest{60};
  /// Of one walker; for one more the oldest ends, for it is rather a connection that nobody is at any more.
  static constexpr std::size_t kMostOfWalker = 8;

  explicit Streams(Host& host);
  ~Streams();
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;

  struct Reader {
    WalkerId walker;
    std::int64_t session = 0;
    http::Language language = http::Language::ko;
    Number after = 0;  ///< the last that it has seen
  };
  /// Any thread; never blocks.
  void add(std::shared_ptr<http::Stream> stream, const Reader& reader);

 private:
  struct Open {
    std::shared_ptr<http::Stream> stream;
    Reader reader;
    std::int64_t unread;  // as it was told; -1: it was not
    Steady ends_at;
  };
  struct Walker {
    std::vector<Open> open;  // the oldest first
    Number looked_until = 0;
    Steady due{};  // max(): nothing is new
    Steady read_at{};
  };
  /// What came since the thread looked last.
  struct Signals {
    std::vector<std::pair<std::shared_ptr<http::Stream>, Reader>> arrived;
    std::unordered_set<WalkerId> news;
    std::unordered_set<std::int64_t> ended;
    bool lost = false;

    bool any() const { return !arrived.empty() || !news.empty() || !ended.empty() || lost; }
  };

  void signal(const std::function<void(Signals&)>& what);
  void run();
  bool wait_for(Signals& now);
  void serve(Signals& now);
  void take_in(std::shared_ptr<http::Stream> stream, const Reader& reader, Steady now);
  void mark_due(Walker& walker, Steady now);
  void look_at_numbers(Steady now);
  void read_news(Steady now);
  void give(storage::Connection& connection, WalkerId id, Walker& walker, Steady now);
  void end_sessions(const std::function<bool(std::int64_t)>& is_asked);
  void end_if(const std::function<bool(Open&)>& ends);

  storage::Database& database_;
  const time::Clock& clock_;
  telemetry::Standing standing_{"streams of walkers' notifications"};

  std::mutex mutex_;
  std::condition_variable woken_;
  Signals signals_;
  bool stopping_ = false;

  // The thread's own.
  std::unordered_map<WalkerId, Walker> walkers_;
  Steady next_heartbeat_{};
  Steady next_poll_{};
  Steady next_sessions_{};
  std::minstd_rand scatter_{std::random_device{}()};

  std::thread thread_;
  std::array<std::unique_ptr<shared::Subscription>, 2> subscriptions_;  // end first
};

}  // namespace dontgoback::walk::notices
