#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "dontgoback/jobs/outbox.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"
#include "outbox_store.hpp"

namespace dontgoback::jobs {

/// The outbox in the database. One thread, started when there is a topic, looks for messages every second; a lease lets
/// one node at a time deliver a topic, so its order holds. A delivery must end within 50 s, or another node may begin
/// it too.
class DatabaseOutbox final : public Outbox {
 public:
  DatabaseOutbox(storage::Database& database, const time::Clock& clock, std::string node_name)
      : database_(database), clock_(clock), node_name_(std::move(node_name)) {}
  ~DatabaseOutbox() override;

  void on(std::string_view topic, Deliver deliver) override;
  void add(storage::Connection& connection, std::string_view topic, std::string_view payload,
           std::string_view subject = {}) override;
  std::vector<Entry> entries(storage::Connection& connection, std::string_view topic, int limit) override;
  bool stopping() const override;

  /// Messages of every topic in the database.
  OutboxCounts counts();
  /// The same as it was within the last minute, without asking the database; zero on a node that delivers nothing.
  OutboxCounts last_counts() const { return {last_waiting_, last_failed_}; }

  void start();
  /// Waits for the delivery under way. Once; also without start().
  void stop();
  /// Looks for messages now instead of within a second.
  void wake();
  /// The clock was set: what waits for a moment of the clock is due now.
  void recall();

 private:
  void watch();
  /// Delivers what is due of a topic, a batch at most. True when there may be more.
  bool deliver_due(const std::string& topic, const Deliver& deliver);
  void deliver_one(const std::string& topic, const Deliver& deliver, const Message& message);
  bool has_waiting();
  void count_again();

  storage::Database& database_;
  const time::Clock& clock_;
  const std::string node_name_;
  std::map<std::string, Deliver, std::less<>> topics_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  bool woken_ = false;
  std::atomic<std::int64_t> last_waiting_{0};
  std::atomic<std::int64_t> last_failed_{0};
  std::thread watcher_;
};

}  // namespace dontgoback::jobs
