#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace dontgoback::walk::rpc {

/// A few threads for what must not be done where gRPC calls. Any thread.
class Workers {
 public:
  using Work = std::function<void()>;

  Workers(std::size_t threads, std::size_t most_waiting);
  /// Does all that waits, and ends.
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// False, and nothing will be done, when too much waits. `work` throws nothing.
  [[nodiscard]] bool post(Work work);
  /// For the end of what was begun: its number is bounded by who began it.
  void post_answer(Work work);

 private:
  void run();
  void add(std::unique_lock<std::mutex>& lock, Work work);

  const std::size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable came_;
  std::deque<Work> waiting_;
  std::size_t idle_ = 0;
  bool ends_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace dontgoback::walk::rpc
