#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "limits/policy.hpp"

namespace dontgoback::security {
class ServerCertificate;
}

namespace dontgoback::http {

/// A bounded pool of worker threads. Threads start when there is work for them.
struct LaneSettings {
  std::size_t threads;
  std::size_t queue;                       ///< requests that may wait; one more is a 503
  std::chrono::milliseconds longest_wait;  ///< a request that waited longer is a 503
};

struct TimeLimits {
  std::chrono::milliseconds header{10'000};  ///< from a request's first byte to the end of its head
  std::chrono::milliseconds body{30'000};    ///< from there to the end of its body
  std::chrono::milliseconds idle{60'000};    ///< between requests
  std::chrono::milliseconds write{30'000};   ///< without the client taking any byte of the answer
  std::chrono::milliseconds answer{
      30'000};                            ///< until it has taken all, and beside it what that takes at slowest_reader;
                                          ///< of a body that waits for its reader, how far he may fall behind that rate
  std::size_t slowest_reader = 8 * 1024;  ///< bytes a second
  std::chrono::milliseconds stream{
      std::chrono::hours(1)};            ///< of a streaming answer; then it is ended, and begun again
  std::chrono::milliseconds sweep{250};  ///< how often the limits are looked at
  /// What draining leaves to connections on which nothing has come: who has just connected is about to ask, and has no
  /// reason to ask again elsewhere; who has asked before may be asking at this moment.
  std::chrono::milliseconds first_while_draining{1'000};
  std::chrono::milliseconds next_while_draining{100};
};

struct ServerSettings {
  std::vector<std::string> listen{"127.0.0.1:8090"};  ///< `ADDR:PORT` or `[ADDR]:PORT`; port 0 picks one
  std::string management_listen;                      ///< the same; empty: none
  std::optional<int> listen_descriptor;      ///< a listening socket in the place of `listen`; the server's from then on
  std::optional<int> management_descriptor;  ///< the same
  std::vector<std::string> management_hosts;  ///< names it answers to besides those of ManagementHosts
  const security::ServerCertificate* certificate =
      nullptr;  ///< all but management speak TLS with it; outlives the server
  std::size_t io_threads = 1;
  std::size_t max_connections = 4096;  ///< for one more the longest idle ends, or else it is answered 503
  std::size_t max_per_address = 0;     ///< the same for one address; 0: any number
  std::size_t max_streams = 0;         ///< of events, among these; one more is a 503; 0: StreamPlaces::most_of
  std::size_t header_limit = 16 * 1024;
  std::size_t memory = 20 * 1024 * 1024;  ///< of requests and answers under way, besides 4 KiB a connection
  TimeLimits limits;
  std::size_t bodies = 4;  ///< made at once for readers that are waited for; one more is a 503
  LaneSettings query{2, 1024, std::chrono::seconds(5)};
  LaneSettings command{32, 4096, std::chrono::seconds(10)};
  std::vector<std::string> trusted_proxies;  ///< CIDR
  std::vector<std::string> internal_networks{"127.0.0.0/8", "::1/128"};
  std::vector<std::string> allowed_origins;
  bool public_url_is_https = false;
  bool request_log = true;  ///< one line a request
  limits::Policies policies = limits::no_limits();
  limits::Limiter* limiter = nullptr;  ///< counts what the policies limit; none: nothing is limited
};

}  // namespace dontgoback::http
