#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "dontgoback/telemetry/metrics.hpp"
#include "http/server/route_table.hpp"
#include "http/server/settings.hpp"

namespace dontgoback::http {

/// The node's HTTP server. Construct, fill the tables, run, drain.
class Server {
 public:
  /// Listens at once, so that ports are known and taken before anything else starts; clients wait until `run`. The
  /// tables and metrics outlive the server. Throws std::invalid_argument, naming the setting, for addresses, networks
  /// and origins that are none; std::system_error when an address cannot be had.
  Server(const ServerSettings& settings, const RouteTable& routes, const RouteTable& management,
         telemetry::Metrics& metrics);
  /// Ends what `drain` left.
  ~Server();

  /// `ADDR:PORT` as bound, with the port the system chose; `unix:PATH` of a passed socket in the file system.
  const std::vector<std::string>& addresses() const;
  /// The same; empty when there is no management listener.
  const std::string& management_address() const;

  /// Listens at one more address, where `routes`, which outlive the server, are served to anybody. Before `run`. The
  /// address as bound. Throws as the constructor does.
  std::string listen(const std::string& address, const RouteTable& routes);

  /// Origins besides those of the settings. Before `run`. Throws std::invalid_argument for what is none.
  void allow_origins(const std::vector<std::string>& origins);

  /// Starts the I/O threads and returns. The tables must be full. Once.
  void run();

  /// Stops accepting, closes idle connections and streams, lets requests in hand finish. True when all of them did
  /// within the limit; what remains is cut off. Management stays up until the server ends.
  bool drain(std::chrono::milliseconds limit);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dontgoback::http
