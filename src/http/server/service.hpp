#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>

#include "dontgoback/telemetry/metrics.hpp"
#include "http/server/address_places.hpp"
#include "http/server/answer_figures.hpp"
#include "http/server/body_lane.hpp"
#include "http/server/management_hosts.hpp"
#include "http/server/memory_budget.hpp"
#include "http/server/pipeline.hpp"
#include "http/server/program_file.hpp"
#include "http/server/settings.hpp"
#include "http/server/spare_descriptor.hpp"
#include "http/server/stream_places.hpp"
#include "http/server/worker_lane.hpp"

namespace dontgoback::http {

/// How many connections there are, shared with the gauges that outlive the server.
struct ConnectionCount {
  // Probes and scrapes are few; a flood of them, or of clients to be told no, must not take the process' descriptors.
  static constexpr std::size_t kMostManagement = 64;
  static constexpr std::size_t kMostSurplus = 64;
  std::atomic<std::size_t> users{0};  ///< of the user and server API
  std::atomic<std::size_t> management{0};
  std::atomic<std::size_t> surplus{0};  ///< being told that there are too many
};

/// How far draining has come: from a step on, connections of its kind on which nothing has come are ended.
enum class Drain {
  none,
  begun,     ///< nobody new is taken, streams end, what is answered now is the connection's last answer
  no_next,   ///< who has asked before is not waited for any more
  no_first,  ///< nor is who has not asked yet
};

/// What all connections of a server share. Any thread.
struct Service {
  Service(const ServerSettings& settings, telemetry::Metrics& metrics);

  ServerSettings settings;
  Pipeline pipeline;
  const ManagementHosts management_hosts;
  const ProgramFile program_file;
  AnswerFigures answers;
  telemetry::Counter& refused;
  telemetry::Counter& refused_address;
  telemetry::Counter& ended_for_place;
  telemetry::Counter& refused_for_memory;
  telemetry::Counter& refused_stream;
  telemetry::Counter& slow_head;
  telemetry::Counter& slow_body;
  telemetry::Counter& slow_reader;
  telemetry::Counter& slow_tls;
  telemetry::Counter& failed_tls;
  const std::shared_ptr<MemoryBudget> shared_memory;
  MemoryBudget& memory = *shared_memory;
  const Networks trusted_proxies;
  AddressPlaces places;
  StreamPlaces streams;
  SpareDescriptor spare_descriptor;
  std::shared_ptr<ConnectionCount> count = std::make_shared<ConnectionCount>();
  std::atomic<Drain> drain{Drain::none};
  std::shared_ptr<WorkerLane> query;
  std::shared_ptr<WorkerLane> command;
  std::shared_ptr<BodyLane> bodies;

  /// A connection ended.
  void left(std::atomic<std::size_t>& counter);
  /// Waits until no connection of the API is there. False: the limit passed first.
  bool wait_until_empty(std::chrono::milliseconds limit);

 private:
  std::mutex mutex_;
  std::condition_variable empty_;
};

}  // namespace dontgoback::http
