#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
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
#include "model.hpp"
#include "sessions/sessions.hpp"

namespace dontgoback::core::notifications {

/// The open streams of this node. One thread, which is there from the first stream on, reads for all of them what is
/// new, by number, and gives it to the connections; shared::State only says when to look. What nobody told (a command,
/// a node without Redis, a message that was lost) is found by looking every kPoll.
class Streams {
 public:
  using Steady = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds kHeartbeatEvery{25};
  static constexpr std::chrono::seconds kPoll{5};
  /// For what each account gets rows of its own only when it looks: a day that has moved, a word to all.
  static constexpr std::chrono::minutes kCatchUp{1};
  /// Between two events of one account, and between two of the feed: what comes faster is drawn together.
  static constexpr std::chrono::milliseconds kPause{1000};
  /// The longest life of a stream; up to a sixth less, so that not all end at once.
  static constexpr std::chrono::minutes kLife{60};
  /// Of one account; for one more the oldest ends, for it is rather a connection that nobody is at any more.
  static constexpr std::size_t kMostOfAccount = 8;

  explicit Streams(Host& host);
  ~Streams();
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;

  struct Reader {
    UserId user;
    std::int64_t session = 0;
    http::Language language = http::Language::ko;
    Number after = 0;  ///< the last that it has seen
  };
  /// Any thread; never blocks.
  void add(std::shared_ptr<http::Stream> stream, const Reader& reader);

 private:
  struct Open {
    std::shared_ptr<http::Stream> stream;
    std::int64_t session;
    http::Language language;
    Number after;
    std::int64_t unread;  // as it was told; -1: it was not
    Steady ends_at;
  };
  struct Account {
    std::vector<Open> open;  // the oldest first
    Number looked_until = 0;
    Steady due{};  // max(): nothing is new
    Steady read_at{};
  };
  using Accounts = std::unordered_map<UserId, Account>;
  /// What came since the thread looked last.
  struct Signals {
    std::vector<std::pair<std::shared_ptr<http::Stream>, Reader>> arrived;
    std::unordered_set<UserId> news;
    std::vector<sessions::Ended> ended;
    bool posts = false;
    bool notice = false;
    bool lost = false;

    bool any() const { return !arrived.empty() || !news.empty() || !ended.empty() || posts || notice || lost; }
  };
  struct News;

  void signal(const std::function<void(Signals&)>& what);
  void run();
  bool wait_for(Signals& now);
  void serve(Signals& now);
  void take_in(std::shared_ptr<http::Stream> stream, const Reader& reader, Steady now);
  void mark_due(Account& account, Steady now);
  void catch_all_up();
  void look_at_numbers(Steady now);
  void read_news(Steady now);
  std::vector<News> news_of(std::span<const UserId> users);
  void give(const News& news, Steady now);
  void tell_of_posts(Steady now);
  void end_sessions(const sessions::Ended& ended);
  void end_those_not_live(std::span<Open* const> open);
  void send_to_all(const http::SharedText& text);
  void end_old(Steady now);

  storage::Database& database_;
  const time::Clock& clock_;
  const time::Zone& zone_;
  telemetry::Standing standing_{"streams of notifications"};

  std::mutex mutex_;
  std::condition_variable woken_;
  Signals signals_;
  bool stopping_ = false;

  // The thread's own.
  Accounts accounts_;
  std::optional<feed::PostId> newest_;
  bool posts_pending_ = false;
  Steady next_posts_{};
  Steady next_heartbeat_{};
  Steady next_poll_{};
  Steady next_catch_up_{};
  std::minstd_rand scatter_{std::random_device{}()};

  std::thread thread_;
  std::array<std::unique_ptr<shared::Subscription>, 4> subscriptions_;  // end first
};

}  // namespace dontgoback::core::notifications
