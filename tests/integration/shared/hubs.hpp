#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/time/clock.hpp"
#include "shared/redis_hub.hpp"
#include "support/redis.hpp"
#include "telemetry/registry.hpp"

namespace dontgoback::test {

/// Messages of a topic, as they come.
class Ear {
 public:
  Ear(shared::State& state, std::string_view topic)
      : subscription_(state.subscribe(
            topic, [this](std::string_view message) { note([&] { heard_.emplace_back(message); }); },
            [this] { note([&] { ++lost_; }); })) {}

  /// All that were heard once there are so many.
  std::vector<std::string> wait_for(std::size_t messages) {
    std::unique_lock lock(mutex_);
    wait(lock, [&] { return heard_.size() >= messages; });
    return heard_;
  }
  void wait_for_lost(int times) {
    std::unique_lock lock(mutex_);
    wait(lock, [&] { return lost_ >= times; });
  }
  int lost() {
    const std::lock_guard lock(mutex_);
    return lost_;
  }

 private:
  void note(const auto& change) {
    {
      const std::lock_guard lock(mutex_);
      change();
    }
    changed_.notify_all();
  }
  void wait(std::unique_lock<std::mutex>& lock, const auto& until) {
    if (!changed_.wait_for(lock, std::chrono::seconds(30), until)) throw std::runtime_error("nothing was heard");
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> heard_;
  int lost_ = 0;
  const std::unique_ptr<shared::Subscription> subscription_;
};

/// What one node has of a Redis.
struct HubNode {
  explicit HubNode(const std::string& url, const std::string& password = "")
      : HubNode(url, [password] { return password; }) {}
  HubNode(const std::string& url, std::function<std::string()> password)
      : hub(shared::parse_redis_url(url).value(), counts, metrics) {
    hub.start(std::move(password));
  }
  shared::State& state() { return hub.state(); }
  std::string trouble() const { return hub.finding().text; }
  /// A counter or gauge; 0 when there is none.
  double metric(std::string_view name) const {
    const auto text = metrics.text();
    const auto at = text.find("\n" + std::string(name) + " ");
    return at == text.npos ? 0 : std::stod(text.substr(at + name.size() + 2));
  }

  time::SystemClock clock;
  telemetry::MetricsRegistry metrics;
  limits::MemoryLimiter counts{clock};
  shared::RedisHub hub;
};

/// Until it is so; what changes there announces itself to nobody.
void eventually(const auto& is_so, const char* what) {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!is_so()) {
    if (std::chrono::steady_clock::now() > give_up) throw std::runtime_error(std::string("never: ") + what);
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

inline void until_linked(const HubNode& node) {
  eventually([&] { return node.metric("dontgoback_redis_connections") == 2; }, "both connections work");
}
inline void until_cut_off(const HubNode& node) {
  eventually([&] { return node.metric("dontgoback_redis_connections") == 0; }, "both connections are gone");
}

}  // namespace dontgoback::test
