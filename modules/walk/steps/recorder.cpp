#include "recorder.hpp"

#include <algorithm>
#include <exception>
#include <future>
#include <numeric>
#include <string>

#include "dontgoback/telemetry/log.hpp"
#include "walker_days.hpp"

namespace dontgoback::walk::steps {
namespace {

constexpr std::size_t kMostWaiting = 50'000;  // updates
constexpr std::size_t kMostTogether = 1'000;  // updates of one transaction: others write to the database, too
constexpr std::size_t kMostNamed = 16;        // notices with walkers' numbers

constexpr Failure kNotSaved{
    FailureKind::unavailable,
    {"지금은 저장할 수 없습니다. 잠시 후 다시 시도해주세요.", "It cannot be saved now. Try again in a moment."}};

Failure failure_of(const Problem& problem) { return {FailureKind::invalid, problem.message}; }

}  // namespace

Result<std::vector<Recorded>> Recorder::record(WalkerId walker, std::vector<Update> updates) {
  std::promise<Result<std::vector<Recorded>>> answer;
  record(walker, std::move(updates),
         [&answer](const Result<std::vector<Recorded>>& recorded) { answer.set_value(recorded); });
  return answer.get_future().get();
}

QueuedRecorder::QueuedRecorder(Parts parts) : parts_(std::move(parts)), thread_([this] { serve(); }) {}

QueuedRecorder::~QueuedRecorder() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_one();
  thread_.join();
}

/// Whether the clock is confirmed is a look at a file: once a second will do.
Judging QueuedRecorder::judging() const {
  const auto second = std::chrono::floor<std::chrono::seconds>(parts_.clock.steady().time_since_epoch()).count();
  if (looked_at_.load() != second) {
    clock_is_right_ = parts_.trust.confirmed_now().has_value();
    looked_at_ = second;
  }
  return {parts_.clock.now(), clock_is_right_.load()};
}

std::optional<Problem> QueuedRecorder::problem_of(std::span<const Update> updates) const {
  return steps::problem_of(updates, judging());
}

void QueuedRecorder::record(WalkerId walker, std::vector<Update> updates, Done done) {
  const auto now = judging();
  if (const auto problem = steps::problem_of(updates, now)) {
    done(failure_of(*problem));
    return;
  }
  {
    std::unique_lock lock(mutex_);
    if (stopping_ || waiting_updates_ + updates.size() > kMostWaiting) {
      lock.unlock();
      done(kTooMuchWaits);
      return;
    }
    waiting_updates_ += updates.size();
    waiting_.push_back({walker, std::move(updates), now.now, std::move(done)});
  }
  arrived_.notify_one();
}

std::vector<QueuedRecorder::Call> QueuedRecorder::next() {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
  std::vector<Call> calls;
  std::size_t updates = 0;
  while (!waiting_.empty() && (calls.empty() || updates + waiting_.front().updates.size() <= kMostTogether)) {
    updates += waiting_.front().updates.size();
    calls.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  waiting_updates_ -= updates;
  return calls;
}

void QueuedRecorder::serve() {
  for (auto calls = next(); !calls.empty(); calls = next()) keep(calls);
}

void QueuedRecorder::keep(std::vector<Call>& calls) {
  std::vector<const Call*> by_walker;
  for (const auto& call : calls) by_walker.push_back(&call);
  // Always in this order: two nodes that write to the same walkers do not wait for one another.
  std::ranges::stable_sort(by_walker, {}, [](const Call* call) { return call->walker; });
  try {
    const auto answers = write(by_walker);
    for (std::size_t i = 0; i < answers.size(); ++i) by_walker[i]->done(answers[i]);
    return;
  } catch (const Unavailable&) {
    for (const auto& call : calls) call.done(kNotSaved);
    return;
  } catch (const std::exception& error) {
    if (calls.size() == 1) {
      telemetry::log_error("steps cannot be kept", {{"walker", calls[0].walker.value}, {"cause", error.what()}});
      calls[0].done(kNotSaved);
      return;
    }
  }
  // Something is wrong with one of them. Alone, each answers for itself.
  for (auto& call : calls) {
    std::vector<Call> alone;
    alone.push_back(std::move(call));
    keep(alone);
  }
}

std::vector<QueuedRecorder::Answer> QueuedRecorder::write(std::span<const Call* const> by_walker) {
  return parts_.database.write([&](storage::Connection& connection) {
    const auto now = parts_.clock.now();
    std::vector<Answer> answers(by_walker.size(), kNotSaved);
    std::vector<Listener::Change> changes;
    for (std::size_t from = 0; from < by_walker.size();) {
      auto to = from + 1;
      while (to < by_walker.size() && by_walker[to]->walker == by_walker[from]->walker) ++to;
      write_walker(connection, by_walker.subspan(from, to - from), std::span(answers).subspan(from, to - from), changes,
                   now);
      from = to;
    }
    if (!changes.empty()) tell(connection, changes);
    return answers;
  });
}

void QueuedRecorder::write_walker(storage::Connection& connection, std::span<const Call* const> calls,
                                  std::span<Answer> answers, std::vector<Listener::Change>& changes,
                                  time::Timestamp now) const {
  std::vector<time::Day> days;
  for (const auto* call : calls) {
    for (const auto& update : call->updates) days.push_back(update.day);
  }
  WalkerDays walker(connection, calls[0]->walker, days);
  if (walker.refused()) {
    std::ranges::fill(answers, Answer(*walker.refused()));
    return;
  }
  std::vector<std::optional<Failure>> failures;
  for (const auto* call : calls) failures.push_back(walker.tell(call->updates, call->arrival));
  walker.settle(parts_.limits, now, changes);
  for (std::size_t i = 0; i < calls.size(); ++i) {
    if (failures[i]) {
      answers[i] = *failures[i];
      continue;
    }
    std::vector<Recorded> recorded;
    for (const auto& update : calls[i]->updates) recorded.push_back(walker.recorded(update));
    answers[i] = std::move(recorded);
  }
}

void QueuedRecorder::tell(storage::Connection& connection, const std::vector<Listener::Change>& changes) const {
  for (const auto* listener : parts_.listeners) listener->changed(connection, changes);
  std::vector<std::string> notices(1);
  WalkerId last;
  for (const auto& change : changes) {
    if (change.walker == last) continue;
    last = change.walker;
    const auto number = std::to_string(last.value);
    if (notices.back().size() + number.size() + 1 > shared::kLongestMessage) notices.emplace_back();
    notices.back().append(notices.back().empty() ? "" : ",").append(number);
  }
  if (notices.size() > kMostNamed) notices = {std::string(kMany)};
  for (const auto& notice : notices) connection.notify(kChangedTopic, notice);
}

Result<Recorded> QueuedRecorder::take_back(WalkerId walker, time::Day day, const std::string& device) {
  return parts_.database.write([&](storage::Connection& connection) -> Result<Recorded> {
    WalkerDays days(connection, walker, {&day, 1});
    if (days.refused()) return *days.refused();
    if (!days.take_back(day, device)) return kNothingTold;
    std::vector<Listener::Change> changes;
    days.settle(parts_.limits, parts_.clock.now(), changes);
    if (!changes.empty()) tell(connection, changes);
    return days.recorded(day);
  });
}

time::Day today_of(const walkers::Walker& walker, time::Timestamp now) {
  return {std::chrono::floor<std::chrono::days>(now + std::chrono::minutes(walker.offset_minutes))};
}

}  // namespace dontgoback::walk::steps
