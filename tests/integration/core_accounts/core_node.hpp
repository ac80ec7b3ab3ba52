#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "dontgoback/ports.hpp"
#include "browser.hpp"
#include "core/module.hpp"
#include "dontgoback/security/service_authenticator.hpp"
#include "http/server/server.hpp"
#include "jobs/outbox.hpp"
#include "jobs/scheduler.hpp"
#include "support/known_keys.hpp"
#include "support/set_clock.hpp"
#include "support/set_trust.hpp"
#include "telemetry/health_board.hpp"
#include "telemetry/registry.hpp"

namespace dontgoback::test {

/// Core needs no other node for what is tested here.
class NoOtherNodes final : public http::Client {
 public:
  Result<http::ClientResponse> send(const http::ClientRequest&) override {
    return Failure{FailureKind::unavailable, {"없음", "away"}};
  }
};

using GivenOptions = std::map<std::string, std::string>;

/// A core node on a socket: the module as src/app wires it, on a database that is migrated.
class CoreNode {
 public:
  /// `data_dir` holds the session key; `given` are options of core.
  CoreNode(storage::Database& database, const time::Clock& clock, const std::filesystem::path& data_dir,
           const GivenOptions& given = {});
  ~CoreNode();

  Browser browser(const std::string& source = "127.0.0.1") const {
    return Browser(server_.addresses().front(), source);
  }
  /// A browser that is signed in as a guest.
  Browser guest() const;
  /// The same, as a member with that id.
  Browser signed_in(UserId user);

  /// Runs `dontgoback users NAME …` and returns what it prints.
  std::string users(const std::string& name, const GivenOptions& given, bool json = false);
  /// What the last of them had to say besides.
  const std::string& notes() const { return last_notes_; }
  UserId create_user(const std::string& role = "USER");
  /// The path and query of a new sign-in link.
  std::string sign_in_link(UserId user);

  jobs::Scheduler& scheduler() { return scheduler_; }

  SetTrust trust;

 private:
  std::string last_notes_;
  config::Node node_;
  time::Zone zone_{"Asia/Seoul"};
  telemetry::MetricsRegistry metrics_;
  telemetry::HealthBoard health_{metrics_};
  http::RouteTable routes_, management_;
  http::Server server_;
  NoOtherNodes client_;
  jobs::JobScheduler scheduler_;
  jobs::DatabaseOutbox outbox_;
  security::ReplayMemory replays_;
  RememberedKeys known_keys_;
  security::ProofVerifier proofs_;
  security::ServiceAuthenticator services_;
  Ports ports_;
  Host host_;
  core::CoreModule module_;
};

inline constexpr std::string_view kPublicUrl = "http://core.test";

}  // namespace dontgoback::test
