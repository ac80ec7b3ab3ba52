#include "days.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "friends/friends.hpp"
#include "walkers/walkers.hpp"

namespace dontgoback::walk::rpc {
namespace {

using std::chrono::days;

// Whose days the caller may ask for, when it names several: all friends are read at once, so that a friend more costs
// no statement more.
class Circle {
 public:
  Circle(storage::Connection& connection, const Names& names, WalkerId caller)
      : connection_(connection), names_(names), caller_(caller) {
    for (auto& each : names.friends_of(connection, caller)) {
      auto uuid = each.uuid;
      friends_.emplace(std::move(uuid), std::move(each));
    }
  }

  std::optional<Names::Friend> find(const std::string& text) {
    const auto uuid = walkers::parse_uuid(text);
    if (!uuid) return std::nullopt;
    if (const auto found = friends_.find(to_string(*uuid)); found != friends_.end()) return found->second;
    auto named = names_.find(connection_, caller_, text);
    if (!named || named->walker.id != caller_) return std::nullopt;
    return friends_.emplace(to_string(*uuid), Names::Friend{caller_, std::move(named->uuid), true}).first->second;
  }

 private:
  storage::Connection& connection_;
  const Names& names_;
  const WalkerId caller_;
  std::unordered_map<std::string, Names::Friend> friends_;
};

// The one that the caller names.
std::optional<Names::Named> find_visible(storage::Connection& connection, const Names& names, WalkerId caller,
                                         const std::string& text) {
  auto named = names.find(connection, caller, text);
  if (!named) return std::nullopt;
  if (named->walker.id != caller && !friends::are_friends(connection, caller, named->walker.id)) return std::nullopt;
  return named;
}

struct Counted {
  Calls::DayOf day;
  time::Timestamp reached_at;
};

// In order of day, and of each day who has more, or had as many first.
std::vector<Calls::DayOf> ranked(std::vector<Counted> counted) {
  const auto place = [](const Counted& of) { return std::tuple(of.day.day, -of.day.steps, of.reached_at); };
  std::stable_sort(counted.begin(), counted.end(),
                   [&](const Counted& a, const Counted& b) { return place(a) < place(b); });
  std::vector<Calls::DayOf> found;
  found.reserve(counted.size());
  for (auto& each : counted) {
    each.day.rank = found.empty() || found.back().day != each.day.day ? 1 : found.back().rank + 1;
    found.push_back(std::move(each.day));
  }
  return found;
}

Result<std::vector<Calls::DayOf>> days_of_several(storage::Connection& connection, const Names& names, WalkerId caller,
                                                  const std::vector<std::string>& uuids, time::Day day) {
  Circle circle(connection, names, caller);
  std::vector<Names::Friend> asked;
  std::vector<WalkerId> shown;
  for (const auto& uuid : uuids) {
    auto found = circle.find(uuid);
    if (!found) return kNotAFriend;
    if (found->shares_steps) shown.push_back(found->walker);
    asked.push_back(std::move(*found));
  }
  std::unordered_map<WalkerId, steps::DayOfWalker> totals;
  for (const auto& each : steps::on_day(connection, shown, day)) totals.emplace(each.walker, each);
  std::vector<Counted> counted;
  for (auto& each : asked) {
    const auto found = totals.find(each.walker);
    if (found == totals.end()) continue;
    counted.push_back({{std::move(each.uuid), day, found->second.total, 0}, found->second.reached_at});
  }
  return ranked(std::move(counted));
}

}  // namespace

Result<std::vector<Calls::DayOf>> days_of(storage::Connection& connection, const Names& names, WalkerId caller,
                                          const std::vector<std::string>& uuids, const Calls::Days& days_asked,
                                          time::Timestamp now) {
  const auto own = walkers::find(connection, caller);
  if (!own) return walkers::kNoWalker;
  if (uuids.size() != 1) {
    return days_of_several(connection, names, caller, uuids, days_asked.to.value_or(steps::today_of(*own, now)));
  }
  const auto named = find_visible(connection, names, caller, uuids.front());
  if (!named) return kNotAFriend;
  const auto& walker = named->walker;
  std::vector<Counted> counted;
  if (walker.id != caller && !walker.shares_steps) return ranked(std::move(counted));
  // The clock of a friend who is further east shows tomorrow.
  const auto to = days_asked.to.value_or(steps::today_of(walker, now));
  const auto from = days_asked.from.value_or(to - days(steps::kDaysBack));
  for (const auto& day : steps::days(connection, walker.id, from, to)) {
    counted.push_back({{named->uuid, day.day, day.total, 0}, day.reached_at});
  }
  return ranked(std::move(counted));
}

std::vector<WalkerId> looked_at(storage::Connection& connection, const Names& names, WalkerId caller,
                                const std::vector<std::string>& uuids) {
  std::vector<WalkerId> found;
  if (uuids.empty()) {
    found = friends::friends_of(connection, caller);
    found.push_back(caller);
    return found;
  }
  if (uuids.size() == 1) {
    if (const auto named = find_visible(connection, names, caller, uuids.front())) found.push_back(named->walker.id);
    return found;
  }
  Circle circle(connection, names, caller);
  for (const auto& uuid : uuids) {
    const auto each = circle.find(uuid);
    // Who asks for somebody it may not look at is refused: the rest need not be known.
    if (!each) break;
    found.push_back(each->walker);
  }
  return found;
}

}  // namespace dontgoback::walk::rpc
