#pragma once

#include <array>
#include <bitset>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <random>
#include <span>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "boards.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/telemetry/health.hpp"

namespace dontgoback::walk::boards {

/// The open boards of this node. One thread, which is there from the first stream on, reads the boards that may have
/// changed and sends those that have. shared::State says who walked; a board is read anew when that is somebody on it.
/// What nobody told, a midnight or the end of a session among it, is found by looking at each every kLook.
class Streams {
 public:
  using Steady = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds kHeartbeatEvery{25};
  static constexpr std::chrono::seconds kLook{30};
  /// Between two readings of a walker's boards: what comes faster is drawn together. With the tick it stays below the
  /// second that a step may take to be seen.
  static constexpr std::chrono::milliseconds kPause{800};
  /// The longest life of a stream; up to a sixth less, so that not all end at once.
  static constexpr std::chrono::minutes kLife{60};
  /// Of one walker; for one more the oldest ends, for it is rather a connection that nobody is at any more.
  static constexpr std::size_t kMostOfWalker = 8;

  Streams(Host& host, GoesOn goes_on, LeastConfidence least_confidence);
  ~Streams();
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;

  struct Reader {
    WalkerId walker;
    std::int64_t session = 0;
    Period period = Period::today;
  };
  /// Any thread; never blocks.
  void add(std::shared_ptr<http::Stream> stream, const Reader& reader);

 private:
  struct Open {
    std::shared_ptr<http::Stream> stream;
    std::int64_t session;
    Period period;
    std::uint64_t sent;  // a hash of the board; 0: none yet
    Steady ends_at;
  };
  struct Viewer {
    std::vector<Open> open;         // the oldest first
    std::vector<WalkerId> watched;  // who is on its board
    Steady due{};
    Steady read_at{};
    Steady sessions_due{};  // when to look whether they go on
  };
  using Viewers = std::unordered_map<WalkerId, Viewer>;
  using Walkers = std::unordered_set<WalkerId>;
  /// What came since the thread looked last.
  struct Signals {
    std::vector<std::pair<std::shared_ptr<http::Stream>, Reader>> arrived;
    Walkers walked;
    Walkers befriended;
    std::vector<std::int64_t> ended;
    bool lost = false;
  };

  void signal(const std::function<void(Signals&)>& what);
  void run();
  bool wait_for(Signals& now);
  void serve(Signals& now);
  void take_in(std::shared_ptr<http::Stream> stream, const Reader& reader, Steady now);
  static void mark_due(Viewer& viewer, Steady now);
  void mark_who_watches(const Walkers& walked, Steady now);
  void read_due(Steady now);
  struct News;
  std::vector<News> news_of(std::span<const WalkerId> walkers, Steady now);
  void give(const News& news);
  void end_sessions(std::span<const std::int64_t> sessions);
  void send_to_all(const http::SharedText& text);
  void end_old(Steady now);

  storage::Database& database_;
  const time::Clock& clock_;
  const GoesOn goes_on_;
  const LeastConfidence least_confidence_;
  telemetry::Standing standing_{"streams of boards"};

  std::mutex mutex_;
  std::condition_variable woken_;
  Signals signals_;
  bool stopping_ = false;

  // The thread's own.
  Viewers viewers_;
  static constexpr std::size_t kMarks = std::size_t{1} << 16U;
  std::bitset<kMarks> marks_;  // of who walked: most of those on a board are told apart by it
  Steady next_heartbeat_{};
  std::minstd_rand scatter_{std::random_device{}()};

  std::thread thread_;
  std::array<std::unique_ptr<shared::Subscription>, 3> subscriptions_;  // end first
};

}  // namespace dontgoback::walk::boards
