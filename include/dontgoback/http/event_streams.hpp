#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <random>
#include <span>
#include <string>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "dontgoback/http/event_news.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/shared/state.hpp"
#include "dontgoback/telemetry/health.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::http {

/// The open event streams of one kind on this node. One thread, which is there from the first stream on, asks the
/// source what is new for those for whom something may be, and gives it to the connections. What is heard only says
/// when to look: what nobody told (a command, a node without Redis, a message that was lost) is found by looking now
/// and then. A part has one of these and is its source (docs/decisions/notification-streams.md).
///
/// Streams are bounded by the node (ServerSettings) and by reader, what waits by the readers that are there. Any
/// thread; nothing here blocks.
class EventStreams {
 public:
  using Steady = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds kHeartbeatEvery{25};
  /// The longest life of a stream; up to a sixth less, so that not all end at once.
  static constexpr std::chrono::minutes kLongest{60};
  /// Of one reader; for one more the oldest ends, for it is rather a connection that nobody is at any more.
  static constexpr std::size_t kMostOfReader = 8;
  /// The source is asked about so many at a time.
  static constexpr std::size_t kAtOnce = 64;

  struct Reader {
    std::int64_t id = 0;       ///< an account, a walker: positive
    std::int64_t session = 0;  ///< the stream ends with it
    EventView view = 0;
    std::int64_t after = 0;  ///< the number of the last event that it has seen
  };
  struct Session {
    std::int64_t reader;
    std::int64_t session;
  };
  enum class Look {
    passing,   ///< now and then
    thorough,  ///< more rarely, and when something was said to all or lost
  };

  /// What differs from part to part. Asked by the one thread, which may wait for a database; what it throws is logged,
  /// and it is asked again.
  class Source {
   public:
    virtual ~Source() = default;
    /// What is new for each, in their order.
    virtual std::vector<EventNews> news(std::span<const NewsFor> asked) = 0;
    /// Those readers for whom there may be something that nobody told of.
    virtual std::vector<std::int64_t> behind(std::span<const NewsFor> asked, Look look) = 0;
    /// Those sessions that do not go on.
    virtual std::vector<std::int64_t> ended(std::span<const Session> asked) = 0;
    /// An event that all are told when it is another than before, and each when it comes. None: nothing.
    virtual SharedText to_all() { return {}; }
  };

  /// How often things are done.
  struct Pace {
    /// Between two readings for one reader, and between two words to all: what comes faster is drawn together.
    std::chrono::milliseconds pause{1000};
    /// What is heard is gathered for so long before it is looked at. 0: it is looked at at once.
    std::chrono::milliseconds gather{0};
    /// A reader's news are read again so long after they were. 0: only when there may be some.
    std::chrono::milliseconds reread{0};
    std::chrono::seconds look{5};
    std::chrono::seconds thorough{0};  ///< 0: only when something was said to all or lost
    std::chrono::seconds sessions{60};
  };

  /// `subject` names them in the log: "streams of boards". The source outlives this.
  EventStreams(const time::Clock& clock, Source& source, const Pace& pace, std::string subject);
  ~EventStreams();
  EventStreams(const EventStreams&) = delete;
  EventStreams& operator=(const EventStreams&) = delete;

  /// The answer that becomes a stream of that reader.
  Response answer(const Reader& reader);

  /// There may be something for the reader.
  void wake(std::int64_t reader);
  /// There may be something for those who watch that one (EventNews::watched).
  void changed(std::int64_t watched);
  /// There may be another word to all.
  void said_to_all();
  /// There may be something for everybody: messages were lost.
  void look_at_all();
  /// A session may have ended, or one of a reader's.
  void session_ended(std::int64_t session);
  void session_of_ended(std::int64_t reader);

  /// Tells `told` of each number of the topic's messages: one, or several with commas between. A message that is
  /// anything else, or was lost, makes it look at all. Before the first stream.
  void hear(shared::State& state, std::string_view topic, void (EventStreams::*told)(std::int64_t));
  /// The same for messages of another form.
  void hear(shared::State& state, std::string_view topic, shared::State::Heard heard);

 private:
  struct Open {
    std::shared_ptr<Stream> stream;
    std::int64_t session;
    std::int64_t after;
    std::size_t sent;          // a hash of how things stood; 0: nothing was sent
    std::uint32_t ends_after;  // seconds since began_
    EventView view;
  };
  struct OfReader {
    std::vector<Open> open;                     // the oldest first
    std::unique_ptr<std::int64_t[]> watched{};  // after the last one a 0; null: nobody
    Steady due{};                               // max(): nothing is new
    Steady read_at{};
  };
  /// What came since the thread looked last.
  struct Signals {
    std::vector<std::pair<std::shared_ptr<Stream>, Reader>> arrived;
    std::unordered_set<std::int64_t> woken;
    std::unordered_set<std::int64_t> changed;
    std::unordered_set<std::int64_t> ended;
    std::unordered_set<std::int64_t> ended_of;
    bool to_all = false;
    bool all = false;

    bool heard() const;
    std::size_t numbers() const { return woken.size() + changed.size() + ended.size() + ended_of.size(); }
  };

  void add(std::shared_ptr<Stream> stream, const Reader& reader);
  template <class F>
  void signal(F&& what);
  void run();
  bool wait_for(Signals& now);
  void serve(Signals& now);
  void take_in(std::shared_ptr<Stream> stream, const Reader& reader, Steady now);
  void mark_due(std::int64_t reader, Steady now);
  void mark_due(OfReader& reader, Steady now);
  void mark_who_watches(const std::unordered_set<std::int64_t>& changed, Steady now);
  void end_sessions(const Signals& signals, Steady now);
  void look(Look look, Steady now);
  void read_due(Steady now);
  void give(std::int64_t id, const EventNews& news, Steady read_at);
  void tell_all(Steady now);
  void end_if(const std::function<bool(Open&)>& ends);
  static NewsFor asked_for(std::int64_t id, const OfReader& reader);

  const time::Clock& clock_;
  Source& source_;
  const Pace pace_;
  const Steady began_;
  telemetry::Standing standing_;

  std::mutex mutex_;
  std::condition_variable woken_;
  Signals signals_;
  bool stopping_ = false;

  // The thread's own.
  std::unordered_map<std::int64_t, OfReader> readers_;
  std::vector<bool> marks_;  // of who changed: most of those who are watched are told apart by it
  SharedText to_all_;
  bool to_all_pending_ = false;
  Steady next_to_all_{};
  Steady next_heartbeat_{};
  Steady next_look_{};
  Steady next_thorough_{};
  Steady next_sessions_{};
  std::minstd_rand scatter_{std::random_device{}()};

  std::thread thread_;
  std::vector<std::unique_ptr<shared::Subscription>> subscriptions_;  // end first
};

}  // namespace dontgoback::http
