#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "sqlite_checkpointer.hpp"
#include "sqlite_connection.hpp"
#include "statistics.hpp"

namespace dontgoback::storage {

/// The one thread that writes to an SQLite file. It takes all writes that wait, at most kMaxBatch, into one
/// transaction, a savepoint each where they are several, commits them with one sync and then wakes their callers (group
/// commit).
class SqliteWriter {
 public:
  using Work = std::function<void(Connection&)>;
  using Open = std::function<std::unique_ptr<SqliteConnection>()>;

  /// The connection is opened at the first write, and again after one that failed; so is one for checkpoints, which
  /// ends with it. `saved` is called, on the writer's thread, when something came to be on disk, with
  /// the time that its COMMIT took.
  SqliteWriter(Open open, Open open_checkpointer, std::function<void(std::chrono::nanoseconds)> saved,
               std::size_t max_waiting);
  /// Nobody may be waiting in `write` any more.
  ~SqliteWriter();

  /// Runs `work` on the writer's thread, and returns when it is on disk. Rethrows what it throws, with nothing of it
  /// kept; throws Unavailable when it could not be committed or too many wait already.
  void write(const Work& work);

  Statistics statistics() const;

 private:
  static constexpr std::size_t kMaxBatch = 256;

  struct Write {
    const Work* work;
    std::exception_ptr error;  // settled, and not to be committed
  };
  struct Batch {
    std::vector<Write> writes;
    std::atomic<int> finished{0};  // an int waits on a futex of its own
  };

  void serve();
  std::shared_ptr<Batch> next();
  void settle(std::span<Write> writes);
  bool run_all(std::span<Write> writes);
  bool run_alone(Write& write);
  bool run_one(Write& write);
  bool commit(std::span<Write> writes);
  SqliteConnection& connection();
  void close() noexcept;
  void give_up(std::span<Write> writes, const std::exception_ptr& error);

  const Open open_, open_checkpointer_;
  const std::function<void(std::chrono::nanoseconds)> saved_;
  const std::size_t max_waiting_;
  // Of the thread alone, and there together.
  std::unique_ptr<SqliteConnection> connection_;
  std::unique_ptr<SqliteCheckpointer> checkpointer_;

  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::shared_ptr<Batch>> queue_;
  Statistics statistics_;
  bool stopping_ = false;

  std::thread thread_;
};

}  // namespace dontgoback::storage
