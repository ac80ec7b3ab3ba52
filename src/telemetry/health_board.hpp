#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "dontgoback/telemetry/health.hpp"
#include "dontgoback/telemetry/metrics.hpp"
#include "dontgoback/telemetry/overview.hpp"

namespace dontgoback::telemetry {

/// What a look at all checks has found, in words: each line names its checks.
struct HealthReport {
  std::string unready;  ///< `database: the disk is full …; auth-token: …`; empty: the node can work
  std::string notes;    ///< a line each, ended by a line break

  struct Check {
    std::string name;
    Finding finding;
  };
  std::vector<Check> checks;  ///< all of them, in the order in which they were added; texts are UTF-8

  NodeState state() const;
};

/// The node's checks. Any thread.
class HealthBoard final : public Health {
 public:
  /// `dontgoback_ready_checks{check="…"}`: whether the check, when last asked, let the node work;
  /// `dontgoback_ready_notes{check="…"}`: whether it had a note.
  explicit HealthBoard(Metrics& metrics) : metrics_(metrics) {}

  void add(std::string_view name, std::function<Finding()> check) override;
  /// Asks every check, in the order in which they were added. Who comes while somebody asks is given what that one
  /// finds.
  HealthReport look();

 private:
  struct Check {
    std::string name;
    std::function<Finding()> ask;
    std::atomic<bool> passed{true};
    std::atomic<bool> noted{false};
  };

  HealthReport ask_all();

  Metrics& metrics_;
  std::mutex mutex_;
  std::condition_variable found_;
  bool asking_ = false;
  std::uint64_t looks_ = 0;
  HealthReport last_;
  std::deque<Check> checks_;  // their addresses are the metrics'
};

}  // namespace dontgoback::telemetry
