#include <algorithm>
#include <chrono>
#include <limits>
#include <span>
#include <utility>

#include "accounts/accounts.hpp"
#include "assets.hpp"
#include "day_store.hpp"
#include "dontgoback/result.hpp"
#include "snapshot_store.hpp"
#include "store.hpp"

namespace dontgoback::core::assets {
namespace {

/// Rows in one transaction: short enough that a server's own writes beside it hardly wait.
constexpr std::size_t kRowsAtOnce = 20'000;
/// Rows held in memory: a slice of accounts with all their days.
constexpr std::size_t kRowsHeld = 400'000;

/// All days of some accounts, account after account.
std::vector<SnapshotRow> history(ports::AssetSource& source, const Backfill& what, std::span<const UserId> users) {
  const auto days = static_cast<std::size_t>(what.days);
  const auto first = what.last - std::chrono::days(what.days - 1);
  std::vector<SnapshotRow> rows(users.size() * days);
  std::vector<ports::AssetQuery> queries;
  queries.reserve(users.size());
  for (std::size_t u = 0; u < users.size(); ++u) {
    rows[u * days] = {users[u], first, accounts::kFirstAmount, Multiplier{}};
    queries.push_back({users[u], accounts::kFirstAmount});
  }
  for (std::size_t d = 1; d < days; ++d) {
    const auto day = first + std::chrono::days(d);
    const auto answers = source.changes(day, queries);
    for (std::size_t u = 0; u < users.size(); ++u) {
      if (!answers[u])
        throw Unavailable("no asset for a day of the past: " + std::string(answers[u].failure().message.en));
      rows[u * days + d] = {users[u], day, answers[u]->updated, answers[u]->multiplier};
      queries[u].asset = answers[u]->updated;
    }
  }
  return rows;
}

std::vector<UserId> next_users(storage::Database& database, const Backfill& what, UserId after) {
  const UserId last = what.user.value_or(UserId{std::numeric_limits<std::int64_t>::max()});
  return database.read([&](storage::Connection& c) { return accounts::active_accounts(c, after, last); });
}

}  // namespace

BackfillResult backfill(storage::Database& database, ports::AssetSource& source, const time::Clock& clock,
                        const Backfill& what, const std::function<bool()>& go_on) {
  const SnapshotWriter writer(database.dialect(), SnapshotWriter::Existing::overwrite);
  const auto days = static_cast<std::size_t>(what.days);
  const std::size_t users_held = std::clamp<std::size_t>(kRowsHeld / days, 1, ports::AssetSource::kMaxBatch);
  const std::size_t users_at_once = std::max<std::size_t>(kRowsAtOnce / days, 1);

  BackfillResult result;
  UserId after{what.user ? what.user->value - 1 : 0};
  for (auto users = next_users(database, what, after); !users.empty(); users = next_users(database, what, after)) {
    if (users.size() > users_held) users.resize(users_held);
    if (!go_on()) throw Unavailable("the backfill was told to stop");
    const auto rows = history(source, what, users);
    for (std::size_t u = 0; u < users.size(); u += users_at_once) {
      const auto part = std::span(users).subspan(u, std::min(users_at_once, users.size() - u));
      database.write([&](storage::Connection& c) {
        writer.write(c, std::span(rows).subspan(u * days, part.size() * days), clock.now());
        accounts::make_current(c, kAmounts, what.last, part.front(), part.back());
      });
    }
    after = users.back();
    result.accounts += static_cast<std::int64_t>(users.size());
    result.rows += static_cast<std::int64_t>(rows.size());
  }
  if (!what.user) {
    database.write([&](storage::Connection& c) {
      begin_anew(c, what.last - std::chrono::days(what.days - 1), what.last, clock.now());
    });
  }
  return result;
}

}  // namespace dontgoback::core::assets
