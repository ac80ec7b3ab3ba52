#include "days.hpp"

#include <algorithm>
#include <tuple>

#include "friends/friends.hpp"
#include "walkers/walkers.hpp"

namespace dontgoback::walk::rpc {
namespace {

using std::chrono::days;

// Of whose days the caller may hear. One question for many walkers, or the one about one.
class Visible {
 public:
  Visible(storage::Connection& connection, const Names& names, WalkerId caller, std::size_t asked)
      : connection_(connection), names_(names), caller_(caller) {
    if (asked > 1) friends_ = friends::friends_of(connection, caller);
  }

  std::optional<Names::Named> find(const std::string& text) const {
    auto named = names_.find(connection_, caller_, text);
    if (!named || !is_visible(named->walker.id)) return std::nullopt;
    return named;
  }

 private:
  bool is_visible(WalkerId walker) const {
    if (walker == caller_) return true;
    if (!friends_) return friends::are_friends(connection_, caller_, walker);
    return std::find(friends_->begin(), friends_->end(), walker) != friends_->end();
  }

  storage::Connection& connection_;
  const Names& names_;
  const WalkerId caller_;
  std::optional<std::vector<WalkerId>> friends_;
};

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

}  // namespace

Result<std::vector<Calls::DayOf>> days_of(storage::Connection& connection, const Names& names, WalkerId caller,
                                          const std::vector<std::string>& uuids, const Calls::Days& days_asked,
                                          time::Timestamp now) {
  const auto own = walkers::find(connection, caller);
  if (!own) return walkers::kNoWalker;
  const Visible visible(connection, names, caller, uuids.size());
  std::vector<Counted> counted;
  for (const auto& uuid : uuids) {
    const auto named = visible.find(uuid);
    if (!named) return kNotAFriend;
    const auto& walker = named->walker;
    // The clock of a friend who is further east shows tomorrow.
    const auto today = steps::today_of(uuids.size() > 1 ? *own : walker, now);
    const auto to = days_asked.to.value_or(today);
    const auto from = uuids.size() > 1 ? to : days_asked.from.value_or(to - days(steps::kDaysBack));
    for (const auto& day : steps::days(connection, walker.id, from, to)) {
      counted.push_back({{named->uuid, day.day, day.total}, day.reached_at});
    }
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
  const Visible visible(connection, names, caller, uuids.size());
  for (const auto& uuid : uuids) {
    if (const auto named = visible.find(uuid)) found.push_back(named->walker.id);
  }
  return found;
}

}  // namespace dontgoback::walk::rpc
