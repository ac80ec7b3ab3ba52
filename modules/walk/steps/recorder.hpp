#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "telling.hpp"

namespace dontgoback::walk::steps {

/// What a device told is nowhere.
inline constexpr Failure kNothingTold{FailureKind::not_found,
                                      {"그 기기가 기록한 걸음이 없습니다.", "The device told nothing of that day."}};
inline constexpr Failure kTooMuchWaits{FailureKind::unavailable,
                                       {"요청이 많아 지금은 처리할 수 없습니다. 잠시 후 다시 시도해주세요.",
                                        "Too many are asking. Try again in a moment."}};

/// The recorder: a line of calls, and a thread that takes all that wait into one transaction.
class QueuedRecorder final : public Recorder {
 public:
  struct Parts {
    storage::Database& database;
    const time::Clock& clock;
    const time::ClockTrust& trust;
    Listeners listeners;
    Limits limits;
  };
  explicit QueuedRecorder(Parts parts);
  ~QueuedRecorder() override;

  using Recorder::record;
  void record(WalkerId walker, std::vector<Update> updates, Done done) override;
  /// What is wrong with one of these updates. Does not block.
  std::optional<Problem> problem_of(std::span<const Update> updates) const;
  /// Takes back what a device told of a day; kNothingTold. Blocks.
  Result<Recorded> take_back(WalkerId walker, time::Day day, const std::string& device);
  const Limits& limits() const { return parts_.limits; }

 private:
  struct Call {
    WalkerId walker;
    std::vector<Update> updates;
    time::Timestamp arrival;
    Done done;
  };
  using Answer = Result<std::vector<Recorded>>;

  void serve();
  std::vector<Call> next();
  void keep(std::vector<Call>& calls);
  std::vector<Answer> write(std::span<const Call* const> by_walker);
  void write_walker(storage::Connection& connection, std::span<const Call* const> calls, std::span<Answer> answers,
                    std::vector<Listener::Change>& changes, time::Timestamp now) const;
  void tell(storage::Connection& connection, const std::vector<Listener::Change>& changes) const;
  Judging judging() const;

  const Parts parts_;
  mutable std::atomic<std::int64_t> looked_at_{-1};  // seconds of steady time
  mutable std::atomic<bool> clock_is_right_{false};

  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Call> waiting_;
  std::size_t waiting_updates_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace dontgoback::walk::steps
