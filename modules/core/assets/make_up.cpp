#include "make_up.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <span>

#include "asking.hpp"
#include "day_store.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "refresh.hpp"

namespace dontgoback::core::assets {
namespace {

constexpr std::chrono::days kOne{1};
/// Rows in one transaction, and rows held in memory, as a backfill's.
constexpr std::size_t kRowsAtOnce = 20'000;
constexpr std::size_t kRowsHeld = 400'000;

/// Tomorrow's rows may be there already; later ones are a clock's that was ahead, and go with it.
time::Day last_day(const MissedDays& missed) { return missed.through + kOne; }

}  // namespace

MakeUp::MakeUp(storage::Database& database, std::shared_ptr<ports::AssetSource> source, const time::Clock& clock,
               const time::Zone& zone)
    : database_(database),
      source_(std::move(source)),
      clock_(clock),
      zone_(zone),
      writer_(database.dialect(), SnapshotWriter::Existing::overwrite) {}

MakeUpResult MakeUp::run(const MissedDays& missed, const jobs::Run& run) const {
  MakeUpResult result;
  if (source_ == nullptr) {
    result.source_away = true;
    return result;
  }
  auto after = database_.read([&](storage::Connection& c) { return made_up_to(c, missed); });
  for (auto slice = next_slice(missed, after); !slice.empty(); slice = next_slice(missed, after)) {
    for (auto day = *missed.first; day <= last_day(missed); day = day + kOne) {
      check_go_on(run);
      const bool is_missed = std::ranges::binary_search(missed.days, day);
      if (!add_day(slice, after, day, is_missed)) {
        result.source_away = true;
        return result;
      }
    }
    write(slice);
    for (const auto& series : slice) {
      result.accounts += series.answered && !series.rows.empty() ? 1 : 0;
      result.left += series.answered ? 0 : 1;
    }
    after = slice.back().user;
    // Who was left out is to be asked for again: by the next run, from the beginning.
    if (result.left == 0) database_.write([&](storage::Connection& c) { note_made_up_to(c, missed, after); });
  }
  database_.write([&](storage::Connection& c) {
    if (result.left == 0) {
      finish_make_up(c, missed, clock_.now());
    } else {
      forget_made_up_to(c);
    }
  });
  return result;
}

std::vector<MakeUp::Series> MakeUp::next_slice(const MissedDays& missed, UserId after) const {
  const auto days = static_cast<std::size_t>((last_day(missed).date - missed.first->date).count() + 1);
  const auto accounts = std::clamp<std::size_t>(kRowsHeld / days, 1, kSlice);
  const auto before =
      database_.read([&](storage::Connection& c) { return amounts_before(c, *missed.first, after, accounts); });
  std::vector<Series> slice;
  slice.reserve(before.size());
  for (const auto& account : before) slice.push_back({account.user, account.base, {}, {}, {}, true});
  if (slice.empty()) return slice;
  auto series = slice.begin();
  const auto away =
      database_.read([&](storage::Connection& c) { return accounts::absences(c, after, slice.back().user); });
  for (const auto& absence : away) {
    while (series != slice.end() && series->user < absence.user) ++series;
    if (series != slice.end() && series->user == absence.user) series->absences.push_back(absence);
  }
  return slice;
}

bool MakeUp::was_away(const Series& series, time::Day day) const {
  const auto moment = zone_.at(day, kRefreshTime);
  return std::ranges::any_of(series.absences, [moment](const accounts::Absence& absence) {
    return absence.from <= moment && moment < absence.until;
  });
}

/// False: the source is away.
bool MakeUp::add_day(std::vector<Series>& slice, UserId after, time::Day day, bool is_missed) const {
  const auto there =
      database_.read([&](storage::Connection& c) { return amounts_on(c, day, after, slice.back().user); });
  struct Asked {
    Series* series;
    const AmountOn* row;  // which is there already
  };
  std::vector<Asked> asked;
  std::vector<ports::AssetQuery> queries;
  auto row = there.begin();
  for (auto& series : slice) {
    while (row != there.end() && row->user < series.user) ++row;
    const auto* found = row != there.end() && row->user == series.user ? &*row : nullptr;
    if (found != nullptr) series.last = day;
    if (!series.amount) {
      if (found != nullptr) series.amount = found->amount;  // its first
    } else if (series.answered && (found != nullptr || (is_missed && !was_away(series, day)))) {
      asked.push_back({&series, found});
      queries.push_back({series.user, *series.amount});
    }
  }

  const auto answers = ask(*source_, day, queries);
  if (answers.source_away) return false;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    auto& series = *asked[i].series;
    const auto* found = asked[i].row;
    const auto& answer = answers.changes[i];
    if (answer) {
      const bool same = found != nullptr && found->amount == answer->updated && found->multiplier == answer->multiplier;
      if (!same) series.rows.push_back({series.user, day, answer->updated, answer->multiplier});
      series.amount = answer->updated;
      series.last = day;
    } else if (answer.failure().kind == FailureKind::unavailable) {
      series.answered = false;
    } else if (found != nullptr) {  // refused for good: asking again would not help
      series.amount = found->amount;
    }
  }
  return true;
}

void MakeUp::write(std::vector<Series>& slice) const {
  for (auto next = slice.begin(); next != slice.end();) {
    std::vector<SnapshotRow> rows;
    std::set<time::Day> last_days;
    const auto first = next;
    for (; next != slice.end() && (rows.empty() || rows.size() + next->rows.size() <= kRowsAtOnce); ++next) {
      if (!next->answered || next->rows.empty()) continue;
      rows.insert(rows.end(), next->rows.begin(), next->rows.end());
      last_days.insert(next->last);
    }
    if (rows.empty()) continue;
    database_.write([&](storage::Connection& c) {
      writer_.write(c, rows, clock_.now());
      for (const auto day : last_days) accounts::make_current(c, kAmounts, day, first->user, std::prev(next)->user);
    });
  }
}

}  // namespace dontgoback::core::assets
