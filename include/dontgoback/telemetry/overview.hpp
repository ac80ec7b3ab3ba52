#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/result.hpp"
#include "dontgoback/telemetry/health.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::telemetry {

/// How a node stands, as `/readyz` says it.
enum class NodeState {
  ready,
  degraded,  ///< it does its work, and a check has a note
  unready,
};

/// What that means, in a sentence.
Message describe(NodeState state);

/// How long requests took, in seconds, as far as the histogram's buckets tell: the last bound stands for all above it.
struct Latency {
  double p50 = 0;
  double p95 = 0;
  double p99 = 0;
};

/// Requests that were answered, those of the management address left out.
struct Traffic {
  std::int64_t requests = 0;
  std::int64_t failures = 0;         ///< of them, answered 5xx
  std::int64_t refused = 0;          ///< of them, answered 429
  std::optional<Latency> latency{};  ///< nothing: none was timed
};

/// What a node tells those who run it (docs/monitoring.md): the figures of `/metrics`, put together. Holds nobody's
/// name, number or address, and no secret. Nothing in an optional: it is not known, or there is no such thing here.
struct NodeStatus {
  std::string version;
  std::string role;
  std::string host;  ///< the machine's name: which of several nodes has answered
  time::Timestamp at;
  std::chrono::seconds up{0};  ///< since when it runs, by steady time

  std::optional<bool> clock_confirmed;

  NodeState state = NodeState::ready;
  struct Check {
    std::string name;
    Finding finding;
  };
  std::vector<Check> checks;  ///< all of `/readyz`

  struct Recently : Traffic {
    std::chrono::milliseconds span{0};  ///< one to two minutes, less where the node has just started
  };
  Recently recently;
  Traffic since_start;

  std::int64_t waiting_queries = 0;   ///< requests that wait for a thread of that lane
  std::int64_t waiting_commands = 0;  ///< the same
  std::int64_t turned_away = 0;       ///< since the start, for want of a place, of memory or of a thread
  std::optional<std::int64_t> waiting_writes;
  std::int64_t connections = 0;
  std::int64_t streams = 0;  ///< of them: pages that are told what is new

  std::optional<std::int64_t> database_bytes;
  std::optional<std::int64_t> disk_bytes;
  std::optional<std::int64_t> disk_free_bytes;
  std::optional<double> commit_p95;  ///< seconds, since the start

  std::optional<time::Timestamp> last_backup;

  struct Queue {
    std::string topic;  ///< `mails`, `pushes`, `walk-pushes`
    std::int64_t waiting = 0;
  };
  std::vector<Queue> outbox;  ///< what is delivered here
  std::int64_t outbox_failed = 0;
  std::chrono::seconds outbox_oldest{0};  ///< for how long the oldest that waits has waited

  struct Job {
    std::string name;
    std::chrono::seconds period{0};  ///< 0: not by itself
    std::optional<time::Timestamp> last_success;
    std::chrono::milliseconds last_took{0};
    std::int64_t failures = 0;  ///< on this node, since its start
    bool late = false;          ///< as the alert DontgobackJobLate sees it
  };
  std::vector<Job> jobs;

  struct Peer {
    std::string node;  ///< the check's name
    std::int64_t calls = 0;
    std::int64_t failures = 0;
    std::optional<time::Timestamp> last_failure;
  };
  std::vector<Peer> peers;

  std::int64_t memory_bytes = 0;
  std::int64_t written_bytes = 0;  ///< to disks and cards, since the start

  /// A minute that is over.
  struct Sample {
    std::chrono::seconds ago;  ///< when it ended
    std::int64_t requests;
    std::int64_t failures;
    std::optional<double> p50;  ///< seconds; nothing: none was timed
    std::optional<double> p95;
    std::int64_t waiting;  ///< requests and writes, at its end
    std::int64_t memory_bytes;
    std::int64_t connections;
  };
  std::vector<Sample> history;  ///< of three hours at most, the oldest first
};

/// What a node is like just now and was lately.
class Overview {
 public:
  virtual ~Overview() = default;
  /// Asks the checks of `/readyz`, which may block for a few seconds, and reads numbers. Any thread but an I/O thread.
  virtual NodeStatus look() = 0;
};

}  // namespace dontgoback::telemetry
