#include "http/server/service.hpp"

namespace dontgoback::http {
namespace {

constexpr std::string_view kRejected = "dontgoback_http_lane_rejected_total";
constexpr std::string_view kRejectedHelp = "Requests answered 503 because their lane was full.";

constexpr std::string_view kRefused = "dontgoback_http_connections_refused_total";
constexpr std::string_view kRefusedHelp = "Connections closed because there were too many, of all or of their address.";

constexpr std::string_view kSlow = "dontgoback_http_slow_total";
constexpr std::string_view kSlowHelp = "Clients cut off in the middle, by what they took too long for.";

}  // namespace

Service::Service(const ServerSettings& given, telemetry::Metrics& metrics)
    : settings(given),
      pipeline(given, metrics),
      management_hosts(given.management_hosts),
      answers(metrics),
      refused(metrics.counter(kRefused, kRefusedHelp, "reason=\"all\"")),
      refused_address(metrics.counter(kRefused, kRefusedHelp, "reason=\"address\"")),
      ended_for_place(metrics.counter("dontgoback_http_connections_ended_for_place_total",
                                      "Connections that were only waited for and ended so that another could come.")),
      refused_for_memory(metrics.counter("dontgoback_http_memory_refused_total",
                                         "Requests answered 503, and answers cut off, because what is under way would "
                                         "take more memory than it may.")),
      refused_stream(metrics.counter("dontgoback_http_streams_refused_total",
                                     "Streams of events answered 503, because there were too many.")),
      slow_head(metrics.counter(kSlow, kSlowHelp, "reason=\"head\"")),
      slow_body(metrics.counter(kSlow, kSlowHelp, "reason=\"body\"")),
      slow_reader(metrics.counter(kSlow, kSlowHelp, "reason=\"answer\"")),
      slow_tls(metrics.counter(kSlow, kSlowHelp, "reason=\"tls\"")),
      failed_tls(metrics.counter("dontgoback_http_tls_failed_total",
                                 "Connections on which no TLS came about: another protocol, none in common, or the "
                                 "client refuses the certificate.")),
      shared_memory(std::make_shared<MemoryBudget>(given.memory)),
      trusted_proxies(given.trusted_proxies),
      places(given.max_per_address),
      streams(given.max_streams, given.max_connections, given.max_per_address),
      query(std::make_shared<WorkerLane>(given.query, metrics.counter(kRejected, kRejectedHelp, "lane=\"query\""))),
      command(
          std::make_shared<WorkerLane>(given.command, metrics.counter(kRejected, kRejectedHelp, "lane=\"command\""))),
      bodies(std::make_shared<BodyLane>(given.bodies, metrics.counter(kRejected, kRejectedHelp, "lane=\"body\""))) {
  metrics.gauge("dontgoback_http_connections", "Open connections of the API.",
                [all = count] { return static_cast<double>(all->users.load()); });
  metrics.gauge("dontgoback_http_streams", "Of these, streams of events.",
                [open = streams.open()] { return static_cast<double>(open->load()); });
  metrics.gauge("dontgoback_http_memory_bytes", "Taken by requests and answers under way, of --request-memory.",
                [all = shared_memory] { return static_cast<double>(all->taken()); });
  // The metrics may outlive the server, and the lanes must end with it.
  const auto waiting = [](const std::shared_ptr<WorkerLane>& lane) {
    return [weak = std::weak_ptr<WorkerLane>(lane)] {
      const auto strong = weak.lock();
      return strong ? static_cast<double>(strong->waiting()) : 0.0;
    };
  };
  metrics.gauge("dontgoback_http_query_queue", "Requests that wait for a query thread.", waiting(query));
  metrics.gauge("dontgoback_http_command_queue", "Requests that wait for a command thread.", waiting(command));
  metrics.gauge("dontgoback_http_bodies", "Bodies being made for readers that are waited for.",
                [weak = std::weak_ptr<BodyLane>(bodies)] {
                  const auto strong = weak.lock();
                  return strong ? static_cast<double>(strong->taken()) : 0.0;
                });
}

void Service::left(std::atomic<std::size_t>& counter) {
  if (--counter > 0 || &counter != &count->users) return;
  const std::lock_guard lock(mutex_);
  empty_.notify_all();
}

bool Service::wait_until_empty(std::chrono::milliseconds limit) {
  std::unique_lock lock(mutex_);
  return empty_.wait_for(lock, limit, [this] { return count->users == 0; });
}

}  // namespace dontgoback::http
