#include "outbox.hpp"

#include <algorithm>
#include <stdexcept>

#include "dontgoback/telemetry/log.hpp"
#include "lease.hpp"

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

void DatabaseOutbox::on(std::string_view topic, Deliver deliver) {
  if (topic.empty() || topic.size() > 64) throw std::logic_error("a topic has 1 to 64 characters");
  if (!topics_.emplace(topic, std::move(deliver)).second) {
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

OutboxCounts DatabaseOutbox::counts() {
  return database_.read([](storage::Connection& connection) { return count_messages(connection); });
}

void DatabaseOutbox::start() {
  if (topics_.empty()) return;
  watcher_ = std::thread([this] { watch(); });
}

void DatabaseOutbox::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (watcher_.joinable()) watcher_.join();
}

void DatabaseOutbox::wake() {
  const std::lock_guard lock(mutex_);
  woken_ = true;
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

void DatabaseOutbox::watch() {
  bool away = false;
  bool recalled = false;
  bool delivered = false;
  auto counted_at = std::chrono::steady_clock::now() - kCountEvery;
  while (!stopping()) {
    bool more = false;
    try {
      // Here, where it is tried again: a node on a full disk starts, too, and one with nothing to do writes nothing.
      if (!recalled && has_waiting()) recall();
      recalled = true;
      for (const auto& [topic, deliver] : topics_) more |= deliver_due(topic, deliver);
      const auto now = std::chrono::steady_clock::now();
      delivered |= more;
      if (!more && (delivered || now - counted_at >= kCountEvery)) {
        count_again();
        counted_at = now;
        delivered = false;
      }
      away = false;
    } catch (const std::exception& error) {
      if (!std::exchange(away, true)) telemetry::log_warn("the outbox cannot be read", {{"cause", error.what()}});
    }
    if (more) continue;
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kLookEvery, [this] { return stopping_ || woken_; });
    woken_ = false;
  }
}

void DatabaseOutbox::count_again() {
  const auto now = counts();
  last_waiting_ = now.waiting;
  last_failed_ = now.failed;
}

bool DatabaseOutbox::deliver_due(const std::string& topic, const Deliver& deliver) {
  const auto now = clock_.now();
  if (!database_.read([&](storage::Connection& connection) { return has_due_message(connection, topic, now); })) {
    return false;
  }
  const std::string lease = "outbox/" + topic;
  const std::string owner = new_lease_owner(node_name_);
  const bool taken =
      database_.write([&](storage::Connection& connection) { return take_lease(connection, lease, owner, now); });
  if (!taken) return false;

  // Read under the lease: what another node has delivered meanwhile is gone.
  const auto messages =
      database_.read([&](storage::Connection& connection) { return due_messages(connection, topic, now); });
  LeaseKeeper keeper(database_, clock_, lease, owner, now);
  for (const auto& message : messages) {
    if (stopping() || !keeper.keep()) break;
    deliver_one(topic, deliver, message);
  }
  database_.write([&](storage::Connection& connection) { return end_lease(connection, lease, owner); });
  return !messages.empty();
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
      attempt.at += std::clamp(outcome.after, wait_after(attempts), kLongestWait);
      postpone_message(connection, attempt);
    }
  });
}

}  // namespace dontgoback::jobs
