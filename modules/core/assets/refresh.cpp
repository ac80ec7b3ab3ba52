#include "refresh.hpp"

#include <chrono>

#include "asking.hpp"
#include "day_store.hpp"
#include "dontgoback/telemetry/log.hpp"

namespace dontgoback::core::assets {
namespace {

/// A source that answers nothing takes its whole time limit for each slice: after this many in a row nobody asks it
/// again.
constexpr int kPatience = 3;

}  // namespace

std::string to_string(time::Day day, const RefreshResult& result) {
  return time::to_string(day) + ": " + std::to_string(result.total) + " accounts, " + std::to_string(result.success) +
         " done, " + std::to_string(result.failed) + " failed in " + std::to_string(result.elapsed_ms) + " ms";
}

AssetRefresh::AssetRefresh(storage::Database& database, std::shared_ptr<ports::AssetSource> source,
                           const time::Clock& clock, const time::Zone& zone, telemetry::Metrics& metrics)
    : database_(database),
      source_(std::move(source)),
      clock_(clock),
      zone_(zone),
      writer_(database.dialect(), SnapshotWriter::Existing::keep),
      succeeded_(metrics.counter("dontgoback_asset_refresh_accounts_total",
                                 "Accounts of the daily refresh, by outcome.", "outcome=\"done\"")),
      failed_(metrics.counter("dontgoback_asset_refresh_accounts_total", "Accounts of the daily refresh, by outcome.",
                              "outcome=\"failed\"")) {}

RefreshResult AssetRefresh::run(time::Day day, const jobs::Run& run) const {
  const auto started = std::chrono::steady_clock::now();
  RefreshResult result;
  UserId after;
  int patience = source_ == nullptr ? 0 : kPatience;
  bool more = true;
  begin(day);

  while (more && patience > 0) {
    check_go_on(run);
    const auto slice = next_slice(day, after);
    more = slice.full;
    after = slice.last;
    if (slice.queries.empty()) continue;

    bool away = false;
    const auto rows = ask(day, slice, away);
    if (!rows.empty()) write(day, slice, rows);
    patience = away ? patience - 1 : kPatience;

    const auto failed = static_cast<std::int64_t>(slice.queries.size() - rows.size());
    result.success += static_cast<std::int64_t>(rows.size());
    result.failed += failed;
    if (failed > 0) {
      telemetry::log_warn("asset refresh: the source did not answer for every account",
                          {{"day", time::to_string(day)}, {"failed", failed}, {"up_to_user", after.value}});
    }
  }
  if (more) {
    result.failed += database_.read([&](storage::Connection& c) { return count_due(c, day, after); });
  }
  if (result.failed == 0) database_.write([&](storage::Connection& c) { finish_day(c, day, clock_.now()); });

  result.total = result.success + result.failed;
  result.elapsed_ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started).count();
  succeeded_.add(static_cast<std::uint64_t>(result.success));
  failed_.add(static_cast<std::uint64_t>(result.failed));
  return result;
}

void AssetRefresh::begin(time::Day day) const {
  const auto now = clock_.now();
  const auto today = zone_.day_of(now);
  database_.write([&](storage::Connection& c) {
    begin_book(c, today, now);
    begin_day(c, day, today, now);
  });
}

AssetRefresh::Slice AssetRefresh::next_slice(time::Day day, UserId after) const {
  const auto due = database_.read([&](storage::Connection& c) { return due_accounts(c, day, after); });
  Slice slice;
  slice.full = due.size() == kSlice;
  slice.last = due.empty() ? after : due.back().user;
  slice.queries.reserve(due.size());
  for (const auto& account : due) {
    if (account.base) slice.queries.push_back({account.user, *account.base});
  }
  return slice;
}

std::vector<SnapshotRow> AssetRefresh::ask(time::Day day, const Slice& slice, bool& source_away) const {
  const auto answers = assets::ask(*source_, day, slice.queries);
  source_away = answers.source_away;

  std::vector<SnapshotRow> rows;
  rows.reserve(answers.changes.size());
  for (const auto& answer : answers.changes) {
    if (answer) rows.push_back({answer->user, day, answer->updated, answer->multiplier});
  }
  return rows;
}

void AssetRefresh::write(time::Day day, const Slice& slice, const std::vector<SnapshotRow>& rows) const {
  database_.write([&](storage::Connection& c) {
    writer_.write(c, rows, clock_.now());
    accounts::make_current(c, kAmounts, day, slice.queries.front().user, slice.queries.back().user);
  });
}

}  // namespace dontgoback::core::assets
