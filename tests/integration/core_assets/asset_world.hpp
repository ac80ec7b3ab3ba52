#pragma once

#include <atomic>
#include <catch2/catch.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/accounts.hpp"
#include "core/assets.hpp"
#include "core_accounts/browser.hpp"
#include "dontgoback/module.hpp"
#include "extension/service.hpp"
#include "http/server/server.hpp"
#include "jobs/outbox.hpp"
#include "jobs/scheduler.hpp"
#include "support/databases.hpp"
#include "support/known_keys.hpp"
#include "support/set_trust.hpp"
#include "telemetry/health_board.hpp"
#include "telemetry/registry.hpp"

namespace dontgoback::test {

class StandingClock final : public time::Clock {
 public:
  time::Timestamp now() const override { return time::Timestamp{std::chrono::milliseconds{milliseconds_.load()}}; }
  void advance(std::chrono::milliseconds by) { milliseconds_ += by.count(); }

 private:
  std::atomic<std::int64_t> milliseconds_{1'800'000'000'000};  // 2027-01-15 17:00 in Seoul
};

/// The extension's own multiplier, which can be made to fail for some accounts, or to do something in between.
class PartlySource final : public ports::AssetSource {
 public:
  PartlySource(const time::ClockTrust& trust, const time::Zone& zone);
  std::vector<Result<ports::AssetChange>> changes(time::Day day, std::span<const ports::AssetQuery> queries) override;

  /// What the multiplier makes of an amount.
  Won updated(UserId user, time::Day day, Won amount) const;

  std::function<bool(UserId)> is_away = [](UserId) { return false; };
  std::function<void()> meanwhile = [] {};  ///< at each call
  std::atomic<int> calls{0};

 private:
  mutable extension::DailyMultiplier multiplier_;
  extension::AssetService inner_;
};

/// The source is in this process.
class NothingOutside final : public http::Client {
 public:
  Result<http::ClientResponse> send(const http::ClientRequest&) override {
    return Failure{FailureKind::unavailable, {"없음", "away"}};
  }
};

/// The assets part on a socket with a fresh database; the session of `Bearer account-ID` is that account, and the token
/// `Bearer service` may run jobs.
class AssetWorld {
 public:
  explicit AssetWorld(storage::Dialect dialect);
  ~AssetWorld();

  Browser browser() const { return Browser(server_.addresses().front()); }
  static Browser::Fields as(UserId user) { return {{"Authorization", "Bearer account-" + std::to_string(user.value)}}; }
  static Browser::Fields as_service() { return {{"Authorization", "Bearer service"}}; }

  time::Day today() const { return zone.day_of(clock.now()); }
  /// An ACTIVE account made so many days ago.
  UserId account(int days_ago = 1);
  std::vector<UserId> accounts(int how_many, int days_ago = 1);
  std::vector<std::pair<time::Day, Won>> history(UserId user);
  Won amount(UserId user);
  std::int64_t number(std::string_view sql);
  void execute(std::string_view sql);

  /// Runs `dontgoback GROUP NAME …` and returns what it prints.
  std::string command(const std::vector<Command>& among, const std::string& name,
                      const std::vector<std::pair<std::string, std::string>>& given = {});

  FreshDatabase fresh;
  storage::Database& database;
  StandingClock clock;
  SetTrust trust{clock};
  time::Zone zone{"Asia/Seoul"};
  std::shared_ptr<PartlySource> source;
  telemetry::MetricsRegistry metrics;
  telemetry::HealthBoard health{metrics};
  jobs::JobScheduler scheduler;

 private:
  config::Node node_;
  http::RouteTable routes_, management_;
  http::Server server_;
  NothingOutside client_;
  jobs::DatabaseOutbox outbox_;
  std::unique_ptr<http::Authenticator> sessions_, services_;
  security::ReplayMemory replays_;
  RememberedKeys known_keys_;
  security::ProofVerifier proofs_;
  Host host_;
};

}  // namespace dontgoback::test

/// Runs the test once on each database.
#define ON_EACH_DATABASE() GENERATE(::dontgoback::storage::Dialect::sqlite, ::dontgoback::storage::Dialect::mysql)
