#include <algorithm>
#include <tuple>
#include <utility>

#include "store.hpp"

// What neighbours' deeds become for who is told of them: in the transaction of the deed.
namespace dontgoback::walk::notices {
namespace {

class OfFriendships final : public friends::Listener {
  void asked(storage::Connection& connection, WalkerId by, WalkerId other, time::Timestamp now) const override {
    tell(connection, {other, Kind::friend_request, by, 0, now});
  }
  void became_friends(storage::Connection& connection, WalkerId by, WalkerId other,
                      time::Timestamp now) const override {
    tell(connection, {other, Kind::friend_accept, by, 0, now});
  }
  void parted(storage::Connection& connection, WalkerId one, WalkerId other) const override {
    forget_other(connection, one, other);
    forget_other(connection, other, one);
  }
};

class OfSteps final : public steps::Listener {
  void changed(storage::Connection& connection, std::span<const Change> changes) const override {
    std::vector<Change> ahead;
    for (const auto& change : changes) {
      if (change.is_today && change.after > change.before) ahead.push_back(change);
    }
    for (std::span<const Change> left = ahead; !left.empty();) {
      const auto some = left.first(std::min(left.size(), kChangesAtOnce));
      left = left.subspan(some.size());
      tell_some(connection, some, overtaken_by(connection, some));
    }
  }

  /// Those that each came past last are told: a phone that was off all day may pass hundreds at once, and whoever
  /// writes next waits for this.
  static void tell_some(storage::Connection& connection, std::span<const Change> changes,
                        std::vector<Overtaken> overtaken) {
    std::ranges::sort(overtaken, {},
                      [](const Overtaken& each) { return std::tuple(each.by, -each.total, each.walker); });
    WalkerId by;
    std::size_t told = 0;
    for (const auto& each : overtaken) {
      if (std::exchange(by, each.by) != each.by) told = 0;
      if (told < kMostOvertaken && tell_of(connection, changes, each)) ++told;
    }
  }

  /// Who is on another day already, or not yet on this one, is told nothing. Whether it is on this one.
  static bool tell_of(storage::Connection& connection, std::span<const Change> changes, const Overtaken& overtaken) {
    const auto change = std::ranges::find(changes, overtaken.by, &Change::walker);
    const auto walker = walkers::find(connection, overtaken.walker);
    if (change == changes.end() || !walker || steps::today_of(*walker, change->at) != change->day) return false;
    tell(connection, {overtaken.walker, Kind::overtaken, overtaken.by, 0, change->at});
    return true;
  }
};

}  // namespace

const friends::Listener& of_friendships() {
  static const OfFriendships kListener;
  return kListener;
}

const steps::Listener& of_steps() {
  static const OfSteps kListener;
  return kListener;
}

}  // namespace dontgoback::walk::notices
