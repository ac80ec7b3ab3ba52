#include "asset_world.hpp"

#include <charconv>
#include <sstream>
#include <stdexcept>

#include "config/option_set.hpp"
#include "core/module.hpp"
#include "core/routes.hpp"
#include "jobs/migrations.hpp"

namespace dontgoback::test {
namespace {

constexpr std::string_view kKey = "0123456789abcdef0123456789abcdef";

storage::Migrations schema() {
  auto all = jobs::migrations();
  for (const auto& migration : core::CoreModule().migrations()) all.push_back(migration);
  return all;
}

constexpr Failure kNobody{FailureKind::unauthenticated, {"로그인이 필요합니다.", "Sign in first."}};

class BearerAccounts final : public http::Authenticator {
  Result<http::Identity> authenticate(const http::Request& request) const override {
    constexpr std::string_view kPrefix = "Bearer account-";
    const auto field = request.header("Authorization");
    if (!field.starts_with(kPrefix)) return kNobody;
    http::Identity identity;
    identity.kind = http::Identity::Kind::account;
    std::from_chars(field.data() + kPrefix.size(), field.data() + field.size(), identity.user.value);
    identity.role = http::Role::user;
    return identity;
  }
};

class BearerService final : public http::Authenticator {
  Result<http::Identity> authenticate(const http::Request& request) const override {
    if (request.header("Authorization") != "Bearer service") return kNobody;
    http::Identity identity;
    identity.kind = http::Identity::Kind::service;
    identity.client_id = "test";
    identity.scopes = {"job:run"};
    return identity;
  }
};

http::ServerSettings settings() {
  http::ServerSettings settings;
  settings.listen = {"127.0.0.1:0"};
  settings.command.threads = 4;
  settings.request_log = false;
  return settings;
}

}  // namespace

PartlySource::PartlySource(const time::ClockTrust& trust, const time::Zone& zone)
    : multiplier_(kKey, {}), inner_(extension::DailyMultiplier(kKey, {}), trust, zone) {}

std::vector<Result<ports::AssetChange>> PartlySource::changes(time::Day day,
                                                              std::span<const ports::AssetQuery> queries) {
  ++calls;
  meanwhile();
  auto answers = inner_.changes(day, queries);
  for (std::size_t i = 0; i < queries.size(); ++i) {
    if (is_away(queries[i].user)) answers[i] = Failure{FailureKind::unavailable, {"없음", "away"}};
  }
  return answers;
}

Won PartlySource::updated(UserId user, time::Day day, Won amount) const {
  return apply(multiplier_.of(user, day), amount);
}

AssetWorld::AssetWorld(storage::Dialect dialect)
    : fresh(dialect, schema()),
      database(*fresh),
      source(std::make_shared<PartlySource>(trust, zone)),
      scheduler(database, clock, trust, zone, "test"),
      server_(settings(), routes_, management_, metrics),
      outbox_(database, clock, "test"),
      sessions_(std::make_unique<BearerAccounts>()),
      services_(std::make_unique<BearerService>()),
      replays_(clock),
      proofs_({}, std::chrono::seconds(60), replays_, clock),
      host_{node_,
            clock,
            trust,
            zone,
            database,
            routes_,
            client_,
            scheduler,
            outbox_,
            metrics,
            health,
            *services_,
            proofs_,
            replays_,
            known_keys_} {
  core::add_asset_routes(host_, *sessions_, source);
  for (auto& job : core::asset_jobs(host_, source)) scheduler.add(std::move(job));
  server_.run();
}

AssetWorld::~AssetWorld() { server_.drain(std::chrono::seconds(10)); }

UserId AssetWorld::account(int days_ago) { return accounts(1, days_ago).front(); }

std::vector<UserId> AssetWorld::accounts(int how_many, int days_ago) {
  const core::NewAccount wanted{http::Role::user, std::nullopt, clock.now(), today() - std::chrono::days(days_ago)};
  return database.write([&](storage::Connection& connection) {
    std::vector<UserId> made;
    for (int i = 0; i < how_many; ++i) made.push_back(core::create_account(connection, wanted));
    return made;
  });
}

std::vector<std::pair<time::Day, Won>> AssetWorld::history(UserId user) {
  return database.read([&](storage::Connection& connection) {
    std::vector<std::pair<time::Day, Won>> rows;
    connection.each("SELECT day, amount FROM asset_snapshots WHERE user_id = :user_id ORDER BY day",
                    storage::args(user), [&](time::Day day, Won won) { rows.emplace_back(day, won); });
    return rows;
  });
}

Won AssetWorld::amount(UserId user) {
  return database.read([&](storage::Connection& connection) { return core::find_account(connection, user, today()); })
      ->amount;
}

std::int64_t AssetWorld::number(std::string_view sql) {
  return std::get<0>(
      database.read([sql](storage::Connection& connection) { return connection.one<std::int64_t>(sql); }).value());
}

void AssetWorld::execute(std::string_view sql) {
  database.write([sql](storage::Connection& connection) { connection.execute(sql); });
}

std::string AssetWorld::command(const std::vector<Command>& among, const std::string& name,
                                const std::vector<std::pair<std::string, std::string>>& given) {
  for (const auto& command : among) {
    if (command.name != name) continue;
    config::OptionSet options;
    command.declare(options);
    for (const auto& [option, value] : given) {
      auto* found = options.find(option);
      if (found == nullptr) throw std::logic_error("no option " + option);
      if (const auto problem = found->set(std::vector{value})) throw std::invalid_argument(*problem);
    }
    std::ostringstream out;
    std::ostringstream notes;
    command.run({host_, out, notes, false});
    return out.str();
  }
  throw std::logic_error("no command " + name);
}

}  // namespace dontgoback::test
