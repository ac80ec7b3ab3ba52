#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "dontgoback/shared/state.hpp"

namespace dontgoback::shared {

/// Who in this process subscribed to what, and the thread that calls them; the thread begins with the first
/// subscription. Messages wait in a bounded line: what comes when it is full is dropped, and all are told by `lost`.
class Topics : public std::enable_shared_from_this<Topics> {
 public:
  static constexpr std::size_t kLongestLine = 4096;

  Topics() = default;
  Topics(const Topics&) = delete;
  Topics& operator=(const Topics&) = delete;

  /// Throws std::logic_error as State::publish says.
  static void check(std::string_view topic, std::string_view message);

  std::unique_ptr<Subscription> subscribe(std::string_view topic, State::Heard heard, State::Lost lost);
  void put(std::string_view topic, std::string_view message);
  /// Calls `lost` of all, after what waits already.
  void put_lost();
  /// From then on no function is called. Not from within one.
  void stop();

 private:
  struct Entry {
    State::Heard heard;
    State::Lost lost;
    bool ended = false;
  };
  class Held;
  using Entries = std::multimap<std::string, std::shared_ptr<Entry>, std::less<>>;
  struct Waiting {
    std::string topic;  // "": lost, to all
    std::string message;
  };

  void run();
  void deliver(const Waiting& waiting, std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;
  std::condition_variable changed_;
  Entries entries_;
  std::deque<Waiting> line_;
  bool lost_waits_ = false;
  bool stopped_ = false;
  std::shared_ptr<Entry> called_;
  std::thread thread_;
};

}  // namespace dontgoback::shared
