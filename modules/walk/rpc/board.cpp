#include "board.hpp"

#include <algorithm>
#include <chrono>
#include <tuple>

#include "friends/friends.hpp"
#include "walkers/walkers.hpp"

namespace dontgoback::walk::rpc {
namespace {

struct Standing {
  Calls::BoardEntry entry;
  time::Timestamp reached_at;
};

time::Day first_of(Calls::Period period, time::Day today) {
  const std::chrono::year_month_day date{today.date};
  switch (period) {
    case Calls::Period::today:
      break;
    case Calls::Period::week:
      return {today.date - (std::chrono::weekday(today.date) - std::chrono::Monday)};
    case Calls::Period::month:
      return {std::chrono::sys_days{date.year() / date.month() / 1}};
  }
  return today;
}

}  // namespace

std::vector<Calls::BoardEntry> board_of(storage::Connection& connection, WalkerId walker, Calls::Period period,
                                        time::Timestamp now) {
  auto all = friends::friends_of(connection, walker);
  all.push_back(walker);
  std::vector<Standing> standings;
  for (const auto id : all) {
    const auto found = walkers::find(connection, id);
    if (!found || found->status != walkers::Status::active) continue;
    Standing standing;
    standing.entry.walker = to_string(found->uuid);
    standing.entry.nickname = found->nickname;
    standing.entry.is_me = id == walker;
    const auto today = steps::today_of(*found, now);
    for (const auto& day : steps::days(connection, id, first_of(period, today), today)) {
      standing.entry.steps += day.total;
      standing.reached_at = std::max(standing.reached_at, day.reached_at);
    }
    standings.push_back(std::move(standing));
  }
  const auto place = [](const Standing& of) { return std::tuple(-of.entry.steps, of.reached_at); };
  std::stable_sort(standings.begin(), standings.end(),
                   [&](const Standing& a, const Standing& b) { return place(a) < place(b); });
  std::vector<Calls::BoardEntry> board;
  for (auto& standing : standings) {
    standing.entry.rank = static_cast<std::int32_t>(board.size() + 1);
    board.push_back(std::move(standing.entry));
  }
  return board;
}

}  // namespace dontgoback::walk::rpc
