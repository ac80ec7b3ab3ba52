#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "dontgoback/id.hpp"
#include "dontgoback/shared/state.hpp"
#include "rpc.hpp"

namespace dontgoback::walk::rpc {

/// Who looks at whose days. Told of changes once by all, however many look, and tells each that looks at one of the
/// walkers, once a second at most. Any thread.
class Watches {
 public:
  /// What is looked at, found again when friends change. Blocks: it is called by `find_later` only.
  using Find = std::function<std::vector<WalkerId>()>;
  using FindLater = std::function<void(std::function<void()>)>;

  /// `find_later` does what it is given soon, elsewhere, and not after this has ended. `state` outlives this.
  Watches(shared::State& state, FindLater find_later);
  /// None is looked at any more.
  ~Watches();

  /// `changed` is called for the first time when it is known who is looked at. `caller`: whose friends they are.
  std::unique_ptr<Calls::Watch> add(WalkerId caller, Find find, std::function<void()> changed);

 private:
  using Clock = std::chrono::steady_clock;
  struct Entry;
  class Handle;

  void heard_steps(std::string_view message);
  void heard_friends(std::string_view message);
  void look_for_all();
  void mark_all();
  void mark(Entry& entry);
  void look_for(const std::shared_ptr<Entry>& entry);
  void found(Entry& entry, const std::vector<WalkerId>& walkers);
  void forget(Entry& entry);
  void remove(const std::shared_ptr<Entry>& entry);
  void run();

  const FindLater find_later_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::unordered_map<std::int64_t, std::vector<Entry*>> of_walker_;
  std::unordered_map<std::int64_t, std::vector<std::shared_ptr<Entry>>> of_caller_;
  std::multimap<Clock::time_point, Entry*> due_;
  Entry* running_ = nullptr;
  bool ends_ = false;
  std::thread thread_;
  std::unique_ptr<shared::Subscription> steps_, friends_;  // end first
};

}  // namespace dontgoback::walk::rpc
