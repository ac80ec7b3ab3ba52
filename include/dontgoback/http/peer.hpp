#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "dontgoback/http/client.hpp"
#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/telemetry/health.hpp"
#include "dontgoback/telemetry/metrics.hpp"

namespace dontgoback::http {

/// How calls of one kind to another node end, in words for its operator: for the log, once per change, and for
/// `/readyz`. A node that is merely away does not make this one unready; what only an operator can mend does. Any
/// thread.
class Peer {
 public:
  /// `subject`: "the auth server's keys"; `option`: what says where it is, "--auth-url"; `kind`: what should be there.
  /// `client` outlives it.
  Peer(const Client& client, std::string subject, std::string option, std::string kind = "a node of this service")
      : client_(client), standing_(std::move(subject)), option_(std::move(option)), kind_(std::move(kind)) {}

  /// From then on each end is counted: `dontgoback_node_calls_total{node,outcome}`, with `outcome` answered,
  /// unanswered, refused (a status of no use) or nonsense; `dontgoback_node_call_last_failure_timestamp_seconds{node}`
  /// is the last one that was none of the first. Before the first call.
  void count_in(telemetry::Metrics& metrics, const std::string& node);

  void answered() {
    count(Outcome::answered);
    standing_.fine();
  }
  /// The call to `url` had no answer.
  void no_answer(const std::string& url);
  /// It had one that is of no use. `refused`: what a 400, 401 or 403 means here, and what to do.
  void answered_in_vain(const std::string& url, int status, std::string_view refused);
  /// It had a good status and a body that is not what was asked for.
  void not_understood(const std::string& url);

  /// Only counts a call that had no answer: another Peer is told of it.
  void count_unanswered() { count(Outcome::unanswered); }

  telemetry::Finding finding() const { return standing_.finding(); }

 private:
  enum class Outcome { answered, unanswered, refused, nonsense };
  void count(Outcome outcome);

  const Client& client_;
  telemetry::Standing standing_;
  const std::string option_;
  const std::string kind_;
  std::array<telemetry::Counter*, 4> counters_{};
  std::shared_ptr<std::atomic<double>> last_failure_;  ///< the metrics may outlive this
};

/// Where a port that is served by another node tells how that goes.
struct PeerWatch {
  telemetry::Health& health;
  jobs::Scheduler& scheduler;
  telemetry::Metrics& metrics;
};

/// Adds the check `name`, and the job `watch-<name>` that calls `look` at this node's start and every so often: a wrong
/// URL, secret or certificate is to be known before the night in which it is needed.
void watch(const PeerWatch& watch, const std::string& name, std::chrono::seconds every,
           std::function<telemetry::Finding()> finding, std::function<void()> look);

}  // namespace dontgoback::http
