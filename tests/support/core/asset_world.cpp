#include "support/core/asset_world.hpp"

#include <charconv>

#include "core/module.hpp"
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

class BearerService final : public ports::ServiceAuthenticator {
  Result<http::Identity> authenticate(const http::Request& request) const override {
    if (request.header("Authorization") != "Bearer service") return kNobody;
    http::Identity identity;
    identity.kind = http::Identity::Kind::service;
    identity.client_id = "test";
    identity.scopes = {"job:run"};
    return identity;
  }
};

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
      sessions_(std::make_unique<BearerAccounts>()),
      services_(std::make_shared<BearerService>()),
      node_({.clock = clock, .node = node_in(fresh.directory()), .database = &database}) {
  auto& host = node_.host();
  core::assets::add_routes(host, *sessions_, *services_, source);
  for (auto& job : core::assets::own_jobs(host, source)) scheduler.add(std::move(job));
  for (auto& job : core::accounts::name_jobs(host)) scheduler.add(std::move(job));
  node_.run();
}

AssetWorld::~AssetWorld() { node_.stop(); }

UserId AssetWorld::account(int days_ago) { return accounts(1, days_ago).front(); }

std::vector<UserId> AssetWorld::accounts(int how_many, int days_ago) {
  const core::accounts::NewAccount wanted{http::Role::user, std::nullopt, clock.now(),
                                          today() - std::chrono::days(days_ago)};
  return database.write([&](storage::Connection& connection) {
    std::vector<UserId> made;
    for (int i = 0; i < how_many; ++i) made.push_back(parts.life_cycle.create(connection, wanted));
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
  return database
      .read([&](storage::Connection& connection) { return parts.directory.find(connection, user, today()); })
      ->amount;
}

std::int64_t AssetWorld::number(std::string_view sql) {
  return std::get<0>(
      database.read([sql](storage::Connection& connection) { return connection.one<std::int64_t>(sql); }).value());
}

void AssetWorld::execute(std::string_view sql) {
  database.write([sql](storage::Connection& connection) { connection.execute(sql); });
}

std::string AssetWorld::command(const std::vector<Command>& among, const std::string& name, const GivenOptions& given) {
  return node_.command(among, among.front().group, name, given).out;
}

}  // namespace dontgoback::test
