#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "sqlite_connection.hpp"

namespace dontgoback::storage {

/// Moves what is in the WAL to the database file when that has become much, on a thread of its own, so that the WAL
/// stays small and nobody who writes waits for it. What is written meanwhile is left to the writer: it is little, and
/// only when all is moved does the WAL begin anew. Where nothing wants it there is no thread and no connection.
class SqliteCheckpointer {
 public:
  using Open = std::function<std::unique_ptr<SqliteConnection>()>;

  /// `open` is called on the checkpointer's thread; where it throws the writer does all of it.
  explicit SqliteCheckpointer(Open open) : open_(std::move(open)) {}
  /// Waits for what is being moved.
  ~SqliteCheckpointer();
  SqliteCheckpointer(const SqliteCheckpointer&) = delete;
  SqliteCheckpointer& operator=(const SqliteCheckpointer&) = delete;

  /// By the writer, after a commit whose callers are awake: does the writer's part. Where the WAL grows faster than it
  /// can be moved, or readers that overlap without a gap keep it from beginning anew, it waits for them.
  void committed(SqliteConnection& writer) noexcept;

 private:
  static constexpr int kPages = SqliteConnection::kCheckpointPages;
  static constexpr int kMostPages = 8000;  // 32 MB: then the writer waits
  static constexpr int kMostLeft = 500;    // to the writer

  enum class State { resting, moving, moved };

  void began_anew();
  bool begin();
  void serve();
  void move() noexcept;

  const Open open_;
  std::atomic<int> pages_{0};  // of the WAL, after the last commit

  // Of the writer's thread alone.
  int next_ = kPages;
  bool asked_ = false;  // since the WAL began

  std::mutex mutex_;
  std::condition_variable changed_;
  State state_ = State::resting;
  bool stopping_ = false;

  std::unique_ptr<SqliteConnection> connection_;  // of the thread alone
  std::thread thread_;
};

}  // namespace dontgoback::storage
