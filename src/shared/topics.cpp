#include "topics.hpp"

#include <stdexcept>
#include <utility>
#include <vector>

#include "dontgoback/telemetry/log.hpp"

namespace dontgoback::shared {

class Topics::Held final : public Subscription {
 public:
  Held(std::shared_ptr<Topics> topics, Entries::iterator at) : topics_(std::move(topics)), at_(at) {}
  ~Held() override {
    std::unique_lock lock(topics_->mutex_);
    const auto entry = at_->second;
    topics_->entries_.erase(at_);
    entry->ended = true;
    if (std::this_thread::get_id() == topics_->thread_.get_id()) return;  // perhaps it is the one that runs
    topics_->changed_.wait(lock, [&] { return topics_->called_ != entry; });
    lock.unlock();
    // What they hold may be gone after this, and the thread may have the entry in its hands for a while yet.
    entry->heard = nullptr;
    entry->lost = nullptr;
  }

 private:
  std::shared_ptr<Topics> topics_;
  Entries::iterator at_;
};

void Topics::check(std::string_view topic, std::string_view message) {
  if (topic.empty() || topic.size() > kLongestTopic) throw std::logic_error("a topic has 1 to 64 bytes");
  if (message.size() > kLongestMessage) throw std::logic_error("a message has 1 KiB at most");
}

std::unique_ptr<Subscription> Topics::subscribe(std::string_view topic, State::Heard heard, State::Lost lost) {
  check(topic, {});
  auto entry = std::make_shared<Entry>(Entry{std::move(heard), std::move(lost)});
  const std::lock_guard lock(mutex_);
  if (!thread_.joinable() && !stopped_) thread_ = std::thread([this] { run(); });
  return std::make_unique<Held>(shared_from_this(), entries_.emplace(topic, std::move(entry)));
}

void Topics::put(std::string_view topic, std::string_view message) {
  {
    const std::lock_guard lock(mutex_);
    if (entries_.find(topic) == entries_.end()) return;
    if (line_.size() >= kLongestLine) {
      if (std::exchange(lost_waits_, true)) return;
      line_.emplace_back();
    } else {
      line_.push_back({std::string(topic), std::string(message)});
    }
  }
  changed_.notify_all();
}

void Topics::put_lost() {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(lost_waits_, true)) return;
    line_.emplace_back();
  }
  changed_.notify_all();
}

void Topics::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stopped_ || !line_.empty(); });
    if (stopped_) return;
    const auto waiting = std::move(line_.front());
    line_.pop_front();
    // Before anybody is told: what is dropped from now on is told of again.
    if (waiting.topic.empty()) lost_waits_ = false;
    deliver(waiting, lock);
  }
}

void Topics::deliver(const Waiting& waiting, std::unique_lock<std::mutex>& lock) {
  const bool to_all = waiting.topic.empty();
  const auto [begin, end] = to_all ? std::pair(entries_.begin(), entries_.end()) : entries_.equal_range(waiting.topic);
  std::vector<std::shared_ptr<Entry>> entries;
  for (auto at = begin; at != end; ++at) entries.push_back(at->second);
  for (const auto& entry : entries) {
    if (entry->ended) continue;
    if (stopped_) return;
    called_ = entry;
    lock.unlock();
    try {
      if (!to_all) {
        entry->heard(waiting.message);
      } else if (entry->lost) {
        entry->lost();
      }
    } catch (const std::exception& error) {
      telemetry::log_error("a message between nodes could not be taken", {{"cause", error.what()}});
    }
    lock.lock();
    called_ = nullptr;
    changed_.notify_all();
  }
}

void Topics::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

}  // namespace dontgoback::shared
