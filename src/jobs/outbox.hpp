#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "dontgoback/jobs/outbox.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"
#include "lease.hpp"
#include "outbox_store.hpp"

namespace dontgoback::jobs {

/// The outbox in the database. A thread for each topic looks for messages every second, so that none waits for what
/// another takes; a lease lets one node at a time deliver a topic, so its order holds. A delivery must end within 50 s,
/// or another node may begin it too.
class DatabaseOutbox final : public Outbox {
 public:
  DatabaseOutbox(storage::Database& database, const time::Clock& clock, std::string node_name)
      : database_(database), clock_(clock), node_name_(std::move(node_name)) {}
  ~DatabaseOutbox() override;

  void on(std::string_view topic, Deliver deliver, std::size_t at_once = 1) override;
  void add(storage::Connection& connection, std::string_view topic, std::string_view payload,
           std::string_view subject = {}) override;
  std::vector<Entry> entries(storage::Connection& connection, std::string_view topic, int limit) override;
  std::int64_t waiting(storage::Connection& connection, std::string_view topic, std::int64_t most) override;
  bool stopping() const override;

  /// Messages of every topic in the database.
  OutboxCounts counts();
  /// The same as it was within the last minute, without asking the database; zero on a node that delivers nothing.
  OutboxCounts last_counts() const { return {last_waiting_, {}, last_failed_, {}, {}}; }
  /// Of a topic that is delivered here; the same.
  std::int64_t last_waiting(std::string_view topic) const;
  std::vector<std::string> topics() const;
  /// For how long the oldest has waited, as it was within the last minute; zero when none waits, or nobody knows.
  std::chrono::milliseconds oldest_age() const { return std::chrono::milliseconds(oldest_age_); }

  void start();
  /// Waits for the delivery under way. Once; also without start().
  void stop();
  /// Looks for messages now instead of within a second.
  void wake();
  /// The clock was set: what waits for a moment of the clock is due now.
  void recall();

 private:
  struct Topic {
    Topic(Deliver how, std::size_t so_many) : deliver(std::move(how)), at_once(so_many) {}
    Deliver deliver;
    std::size_t at_once;
    std::atomic<std::int64_t> last_waiting{0};
  };

  void watch(const std::string& topic, const Topic& how);
  /// Delivers what is due of a topic, a batch at most where it is one at a time. True when there may be more.
  bool deliver_due(const std::string& topic, const Topic& how);
  /// The same under the topic's lease, several at once; whether there were any.
  bool deliver_together(const std::string& topic, const Topic& how, LeaseKeeper& keeper);
  void deliver_one(const std::string& topic, const Deliver& deliver, const Message& message);
  bool has_waiting();
  void recall_once();
  /// Counts, when something was delivered or it is long ago.
  void count_again(bool delivered);

  storage::Database& database_;
  const time::Clock& clock_;
  const std::string node_name_;
  std::map<std::string, Topic, std::less<>> topics_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::uint64_t wakes_ = 0;
  std::atomic<std::int64_t> last_waiting_{0};
  std::atomic<std::int64_t> last_failed_{0};
  std::atomic<std::int64_t> oldest_age_{0};
  std::mutex shared_mutex_;  ///< of what the threads do once for all
  bool recalled_ = false;
  std::chrono::steady_clock::time_point counted_at_{};
  std::optional<std::int64_t> oldest_;
  std::chrono::steady_clock::time_point oldest_seen_{};
  std::vector<std::thread> watchers_;
};

}  // namespace dontgoback::jobs
