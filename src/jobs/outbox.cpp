#include "outbox.hpp"

#include <algorithm>
#include <stdexcept>

#include "crew.hpp"
#include "dontgoback/telemetry/log.hpp"

namespace dontgoback::jobs {

namespace {

using std::chrono::seconds;

constexpr std::size_t kMaxPayload = 64 * 1024;
constexpr seconds kLookEvery{1};
constexpr seconds kCountEvery{60};
constexpr seconds kLongestWait{3600};
/// Tries 1 s, 2 s, … 2 048 s apart take 68 minutes, hourly ones the rest of three days. Counted, not timed: a clock
/// that was wrong for a while fails nothing.
constexpr std::int64_t kMaxAttempts = 12 + 71 + 1;

seconds wait_after(std::int64_t attempts) {
  return attempts > 12 ? kLongestWait : std::min(kLongestWait, seconds(std::int64_t{1} << (attempts - 1)));
}

}  // namespace

DatabaseOutbox::~DatabaseOutbox() { stop(); }

void DatabaseOutbox::on(std::string_view topic, Deliver deliver, std::size_t at_once) {
  if (topic.empty() || topic.size() > 64) throw std::logic_error("a topic has 1 to 64 characters");
  if (!topics_.try_emplace(std::string(topic), std::move(deliver), at_once).second) {
    throw std::logic_error("two deliver the topic " + std::string(topic));
  }
}

void DatabaseOutbox::add(storage::Connection& connection, std::string_view topic, std::string_view payload,
                         std::string_view subject) {
  if (payload.size() > kMaxPayload) throw std::invalid_argument("an outbox message is larger than 64 KiB");
  add_message(connection, topic, payload, subject, clock_.now());
}

std::vector<Outbox::Entry> DatabaseOutbox::entries(storage::Connection& connection, std::string_view topic, int limit) {
  return list_messages(connection, topic, limit);
}

std::int64_t DatabaseOutbox::waiting(storage::Connection& connection, std::string_view topic, std::int64_t most) {
  return count_waiting(connection, topic, most);
}

OutboxCounts DatabaseOutbox::counts() {
  return database_.read([](storage::Connection& connection) { return count_messages(connection); });
}

std::int64_t DatabaseOutbox::last_waiting(std::string_view topic) const {
  const auto found = topics_.find(topic);
  return found == topics_.end() ? 0 : found->second.last_waiting.load();
}

std::vector<std::string> DatabaseOutbox::topics() const {
  std::vector<std::string> names;
  for (const auto& topic : topics_) names.push_back(topic.first);
  return names;
}

void DatabaseOutbox::start() {
  counted_at_ = std::chrono::steady_clock::now() - kCountEvery;
  for (const auto& [topic, how] : topics_) watchers_.emplace_back([this, &topic, &how] { watch(topic, how); });
}

void DatabaseOutbox::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  for (auto& watcher : watchers_) watcher.join();
  watchers_.clear();
}

void DatabaseOutbox::wake() {
  const std::lock_guard lock(mutex_);
  ++wakes_;
  changed_.notify_all();
}

void DatabaseOutbox::recall() {
  if (topics_.empty()) return;
  database_.write([this](storage::Connection& connection) { recall_messages(connection, clock_.now()); });
  wake();
}

bool DatabaseOutbox::has_waiting() {
  return database_.read([this](storage::Connection& connection) {
    return std::any_of(topics_.begin(), topics_.end(),
                       [&](const auto& topic) { return has_waiting_message(connection, topic.first); });
  });
}

bool DatabaseOutbox::stopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void DatabaseOutbox::watch(const std::string& topic, const Topic& how) {
  bool away = false;
  bool delivered = false;
  std::uint64_t woken = 0;
  while (!stopping()) {
    bool more = false;
    try {
      recall_once();
      more = deliver_due(topic, how);
      delivered |= more;
      if (!more) count_again(std::exchange(delivered, false));
      away = false;
    } catch (const std::exception& error) {
      if (!std::exchange(away, true)) telemetry::log_warn("the outbox cannot be read", {{"cause", error.what()}});
    }
    if (more) continue;
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kLookEvery, [this, woken] { return stopping_ || wakes_ != woken; });
    woken = wakes_;
  }
}

void DatabaseOutbox::recall_once() {
  // Here, where it is tried again: a node on a full disk starts, too, and one with nothing to do writes nothing.
  const std::lock_guard lock(shared_mutex_);
  if (!recalled_ && has_waiting()) recall();
  recalled_ = true;
}

void DatabaseOutbox::count_again(bool delivered) {
  const std::lock_guard lock(shared_mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (!delivered && now - counted_at_ < kCountEvery) return;
  const auto counted = counts();
  last_waiting_ = counted.waiting;
  last_failed_ = counted.failed;
  for (auto& [topic, how] : topics_) {
    const auto some = counted.waiting_by_topic.find(topic);
    how.last_waiting = some == counted.waiting_by_topic.end() ? 0 : some->second;
  }
  if (counted.oldest != oldest_) oldest_seen_ = now;
  oldest_ = counted.oldest;
  // Where no clock was at hand when it was added, or the clock was set back since, it is as old as it was seen here.
  auto age = oldest_ ? std::chrono::floor<std::chrono::milliseconds>(now - oldest_seen_) : std::chrono::milliseconds(0);
  if (counted.oldest_since) age = std::max(age, std::chrono::milliseconds(clock_.now() - *counted.oldest_since));
  oldest_age_ = age.count();
  counted_at_ = now;
}

bool DatabaseOutbox::deliver_due(const std::string& topic, const Topic& how) {
  const auto now = clock_.now();
  if (!database_.read([&](storage::Connection& connection) { return has_due_message(connection, topic, now); })) {
    return false;
  }
  const std::string lease = "outbox/" + topic;
  const std::string owner = new_lease_owner(node_name_);
  const bool taken =
      database_.write([&](storage::Connection& connection) { return take_lease(connection, lease, owner, now); });
  if (!taken) return false;

  LeaseKeeper keeper(database_, clock_, lease, owner, now);
  bool any = false;
  if (how.at_once > 1) {
    any = deliver_together(topic, how, keeper);
  } else {
    // Read under the lease: what another node has delivered meanwhile is gone.
    const auto messages =
        database_.read([&](storage::Connection& connection) { return due_messages(connection, topic, now); });
    any = !messages.empty();
    for (const auto& message : messages) {
      if (stopping() || !keeper.keep()) break;
      deliver_one(topic, how.deliver, message);
    }
  }
  database_.write([&](storage::Connection& connection) { return end_lease(connection, lease, owner); });
  return any;
}

bool DatabaseOutbox::deliver_together(const std::string& topic, const Topic& how, LeaseKeeper& keeper) {
  Crew crew(how.at_once, [&](const Message& message) { deliver_one(topic, how.deliver, message); });
  bool any = false;
  while (!stopping() && keeper.keep()) {
    // Asked for first: what is delivered while the others are read is among them, and not to be given again.
    const auto under_way = crew.under_way();
    auto messages =
        database_.read([&](storage::Connection& connection) { return due_messages(connection, topic, clock_.now()); });
    std::erase_if(messages, [&](const Message& message) { return under_way.contains(message.id); });
    if (messages.empty() && under_way.empty()) break;
    any = true;
    for (auto& message : messages) {
      if (stopping() || !keeper.keep()) break;
      crew.give(std::move(message));
    }
    if (messages.empty()) crew.wait();
  }
  crew.finish();
  return any;
}

void DatabaseOutbox::deliver_one(const std::string& topic, const Deliver& deliver, const Message& message) {
  Outcome outcome = Delivery::retry;
  try {
    outcome = deliver(message.id, message.payload);
  } catch (const std::exception& error) {
    outcome.answer = error.what();
    telemetry::log_warn("an outbox delivery failed", {{"topic", topic}, {"id", message.id}, {"cause", error.what()}});
  }
  const auto attempts = message.attempts + 1;
  const bool give_up = outcome.delivery == Delivery::retry && attempts >= kMaxAttempts;
  if (outcome.delivery == Delivery::drop)
    telemetry::log_warn("an outbox message was dropped", {{"topic", topic}, {"id", message.id}});
  if (give_up) telemetry::log_error("an outbox message is given up", {{"topic", topic}, {"id", message.id}});

  database_.write([&](storage::Connection& connection) {
    Attempt attempt{message.id, attempts, clock_.now(), outcome.answer};
    if (outcome.delivery == Delivery::done || outcome.delivery == Delivery::drop) {
      remove_message(connection, message.id);
    } else if (outcome.delivery == Delivery::refuse || give_up) {
      end_message(connection, topic, attempt, give_up ? State::failed : State::refused);
    } else {
      if (outcome.delivery == Delivery::later) attempt.attempts = message.attempts;
      attempt.at += std::clamp(outcome.after, outcome.delivery == Delivery::later ? seconds(1) : wait_after(attempts),
                               kLongestWait);
      postpone_message(connection, attempt);
    }
  });
}

}  // namespace dontgoback::jobs
