#include "watches.hpp"

#include <algorithm>
#include <utility>

#include "dontgoback/telemetry/log.hpp"
#include "dontgoback/text/number.hpp"
#include "friends/friends.hpp"
#include "steps/steps.hpp"

namespace dontgoback::walk::rpc {
namespace {

constexpr std::chrono::seconds kAtMostEvery{1};

// The inside numbers in a message; nothing for one that is no list of them: `many`.
std::optional<std::vector<std::int64_t>> numbers_of(std::string_view message) {
  std::vector<std::int64_t> numbers;
  while (!message.empty()) {
    const auto word = message.substr(0, message.find_first_of(", "));
    message.remove_prefix(std::min(message.size(), word.size() + 1));
    const auto number = text::number<std::int64_t>(word);
    if (!number) return std::nullopt;
    numbers.push_back(*number);
  }
  return numbers;
}

}  // namespace

struct Watches::Entry {
  WalkerId caller;
  Find find;
  std::function<void()> changed;
  std::vector<WalkerId> walkers;
  Clock::time_point next = Clock::now();  // not told again before
  std::optional<std::multimap<Clock::time_point, Entry*>::iterator> due;
  bool gone = false;
  bool searched = false;  // will be, soon
};

class Watches::Handle final : public Calls::Watch {
 public:
  Handle(Watches& watches, std::shared_ptr<Entry> entry) : watches_(watches), entry_(std::move(entry)) {}
  ~Handle() override { watches_.remove(entry_); }

 private:
  Watches& watches_;
  const std::shared_ptr<Entry> entry_;
};

Watches::Watches(shared::State& state, FindLater find_later)
    : find_later_(std::move(find_later)), thread_([this] { run(); }) {
  steps_ = state.subscribe(
      steps::kChangedTopic, [this](std::string_view message) { heard_steps(message); }, [this] { mark_all(); });
  friends_ = state.subscribe(
      friends::kChangedTopic, [this](std::string_view message) { heard_friends(message); }, [this] { look_for_all(); });
}

Watches::~Watches() {
  friends_.reset();
  steps_.reset();
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

std::unique_ptr<Calls::Watch> Watches::add(WalkerId caller, Find find, std::function<void()> changed) {
  auto entry = std::make_shared<Entry>();
  entry->caller = caller;
  entry->find = std::move(find);
  entry->changed = std::move(changed);
  {
    const std::lock_guard lock(mutex_);
    of_caller_[caller.value].push_back(entry);
    entry->searched = true;
  }
  look_for(entry);
  return std::make_unique<Handle>(*this, entry);
}

void Watches::look_for(const std::shared_ptr<Entry>& entry) {
  find_later_([this, entry] {
    {
      const std::lock_guard lock(mutex_);
      entry->searched = false;
      if (entry->gone) return;
    }
    std::optional<std::vector<WalkerId>> walkers;
    try {
      walkers = entry->find();
    } catch (const std::exception& cause) {  // the database is away: its stream will hear of it
      telemetry::log_debug("who is looked at cannot be found", {{"cause", cause.what()}});
    }
    const std::lock_guard lock(mutex_);
    if (entry->gone) return;
    if (walkers) found(*entry, *walkers);
    mark(*entry);
  });
}

void Watches::found(Entry& entry, const std::vector<WalkerId>& walkers) {
  forget(entry);
  entry.walkers = walkers;
  for (const auto walker : entry.walkers) of_walker_[walker.value].push_back(&entry);
}

void Watches::forget(Entry& entry) {
  for (const auto walker : entry.walkers) {
    const auto found = of_walker_.find(walker.value);
    if (found == of_walker_.end()) continue;
    std::erase(found->second, &entry);
    if (found->second.empty()) of_walker_.erase(found);
  }
  entry.walkers.clear();
}

void Watches::remove(const std::shared_ptr<Entry>& entry) {
  std::unique_lock lock(mutex_);
  entry->gone = true;
  forget(*entry);
  if (const auto found = of_caller_.find(entry->caller.value); found != of_caller_.end()) {
    std::erase(found->second, entry);
    if (found->second.empty()) of_caller_.erase(found);
  }
  if (entry->due) due_.erase(*std::exchange(entry->due, std::nullopt));
  if (std::this_thread::get_id() == thread_.get_id()) return;
  changed_.wait(lock, [&] { return running_ != entry.get(); });
}

void Watches::heard_steps(std::string_view message) {
  const auto walkers = numbers_of(message);
  if (!walkers) return mark_all();
  const std::lock_guard lock(mutex_);
  for (const auto walker : *walkers) {
    const auto found = of_walker_.find(walker);
    if (found == of_walker_.end()) continue;
    for (auto* entry : found->second) mark(*entry);
  }
}

void Watches::heard_friends(std::string_view message) {
  const auto walkers = numbers_of(message);
  if (!walkers) return look_for_all();
  std::vector<std::shared_ptr<Entry>> again;
  {
    const std::lock_guard lock(mutex_);
    for (const auto walker : *walkers) {
      const auto found = of_caller_.find(walker);
      if (found == of_caller_.end()) continue;
      for (const auto& entry : found->second) {
        if (!std::exchange(entry->searched, true)) again.push_back(entry);
      }
    }
  }
  for (const auto& entry : again) look_for(entry);
}

// Friendships may have changed that nobody here was told of.
void Watches::look_for_all() {
  std::vector<std::shared_ptr<Entry>> again;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [caller, entries] : of_caller_) {
      for (const auto& entry : entries) {
        if (!std::exchange(entry->searched, true)) again.push_back(entry);
      }
    }
  }
  for (const auto& entry : again) look_for(entry);
}

void Watches::mark_all() {
  const std::lock_guard lock(mutex_);
  for (const auto& [caller, entries] : of_caller_) {
    for (const auto& entry : entries) mark(*entry);
  }
}

void Watches::mark(Entry& entry) {
  if (entry.due) return;
  entry.due = due_.emplace(std::max(Clock::now(), entry.next), &entry);
  if (entry.due == due_.begin()) changed_.notify_all();
}

void Watches::run() {
  std::unique_lock lock(mutex_);
  while (!ends_) {
    if (due_.empty()) {
      changed_.wait(lock);
      continue;
    }
    const auto first = due_.begin();
    if (const auto next = first->first; next > Clock::now()) {  // a copy: its entry may be removed meanwhile
      changed_.wait_until(lock, next);
      continue;
    }
    auto* entry = first->second;
    due_.erase(first);
    entry->due.reset();
    entry->next = Clock::now() + kAtMostEvery;
    running_ = entry;
    const auto changed = entry->changed;  // which may remove its entry
    lock.unlock();
    changed();
    lock.lock();
    running_ = nullptr;
    changed_.notify_all();
  }
}

}  // namespace dontgoback::walk::rpc
