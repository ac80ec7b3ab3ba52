#pragma once

#include <atomic>
#include <catch2/catch.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/parts.hpp"
#include "extension/service.hpp"
#include "support/browser.hpp"
#include "support/databases.hpp"
#include "support/set_clock.hpp"
#include "support/test_node.hpp"

namespace dontgoback::test {

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

/// The assets part on a socket with a fresh database; the session of `Bearer account-ID` is that account, and the token
/// `Bearer service` may run jobs.
class AssetWorld {
 public:
  explicit AssetWorld(storage::Dialect dialect);
  ~AssetWorld();

  Browser browser() const { return Browser(node_.address()); }
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

  /// What commands that need the source are given.
  std::vector<Command> asset_commands() const { return core::assets::commands(parts.directory, asked()); }
  std::function<std::shared_ptr<ports::AssetSource>()> asked() const {
    return [this] { return source; };
  }
  /// Runs `dontgoback GROUP NAME …` and returns what it prints.
  std::string command(const std::vector<Command>& among, const std::string& name, const GivenOptions& given = {});

  const core::Parts parts;
  FreshDatabase fresh;
  storage::Database& database;
  SetClock clock;

 private:
  std::unique_ptr<http::Authenticator> sessions_, services_;
  TestNode node_;

 public:
  SetTrust& trust = node_.trust;
  const time::Zone& zone = node_.zone;
  telemetry::Metrics& metrics = node_.host().metrics;
  jobs::Scheduler& scheduler = node_.host().scheduler;
  std::shared_ptr<PartlySource> source = std::make_shared<PartlySource>(trust, zone);
};

}  // namespace dontgoback::test
