#pragma once

#include <atomic>
#include <map>
#include <string>
#include <vector>

#include "app/service_deny_list.hpp"
#include "app/service_keys.hpp"
#include "auth/module.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/ports.hpp"
#include "dontgoback/security/service_authenticator.hpp"
#include "http/client/pooled_client.hpp"
#include "http/server/route_table.hpp"
#include "http/server/server.hpp"
#include "jobs/outbox.hpp"
#include "jobs/scheduler.hpp"
#include "support/known_keys.hpp"
#include "support/set_clock.hpp"
#include "support/set_trust.hpp"
#include "support/temporary_directory.hpp"
#include "telemetry/health_board.hpp"
#include "telemetry/registry.hpp"

namespace dontgoback::test {

using GivenOptions = std::map<std::string, std::vector<std::string>>;

/// The real client, which also counts the calls by the end of their path.
class CountingClient final : public http::Client {
 public:
  Result<http::ClientResponse> send(const http::ClientRequest& request) override;
  int calls(std::string_view end_of_path) const;

 private:
  std::unique_ptr<http::Client> client_ = http::make_client();
  mutable std::mutex mutex_;
  std::vector<std::string> urls_;
};

/// A node on a socket with an SQLite file in its data directory: modules as src/app wires them. Add modules or routes,
/// then run.
class ServiceNode {
 public:
  ServiceNode(const time::Clock& clock, std::filesystem::path data_dir, const std::string& listen = "127.0.0.1:0",
              const std::string& issuer = {});
  ~ServiceNode();

  void start(Module& module, const GivenOptions& given = {});
  void run() { server_.run(); }

  const std::string& address() const { return server_.addresses().front(); }
  std::string url() const { return "http://" + address(); }
  Host& host() { return host_; }
  Ports& ports() { return ports_; }
  const Ports& ports() const { return ports_; }

  SetTrust trust;

 private:
  std::unique_ptr<storage::Database> database_;
  time::Zone zone_{"Asia/Seoul"};
  http::RouteTable routes_;
  http::RouteTable management_;
  telemetry::MetricsRegistry metrics_;
  telemetry::HealthBoard health_{metrics_};
  http::Server server_;
  config::Node node_;
  std::unique_ptr<http::Client> client_ = http::make_client();  // before the ports, which use it to their end
  Ports ports_;
  jobs::JobScheduler scheduler_;
  jobs::DatabaseOutbox outbox_;
  security::ReplayMemory replays_;
  RememberedKeys known_keys_;
  security::ProofVerifier proofs_;
  security::ServiceAuthenticator services_;
  Host host_;
};

/// An auth node with one client, `core`, whose secret is `s3cret`.
class AuthNode {
 public:
  AuthNode(const time::Clock& clock, const std::filesystem::path& data_dir, const std::string& listen = "127.0.0.1:0");

  ServiceNode node;
  auth::AuthModule module;
};

/// Sends one request to a node.
http::ClientResponse send(http::Method method, const std::string& url, std::string body = {},
                          std::vector<std::pair<std::string, std::string>> headers = {});

}  // namespace dontgoback::test
