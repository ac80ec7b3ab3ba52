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

/// Who is told that it was overtaken: in turn the one whom each change came past last, the one before, and so on, until
/// it is enough. A phone that was off all day may pass hundreds at once, and whoever writes next waits for this.
class OfSteps final : public steps::Listener {
  void changed(storage::Connection& connection, std::span<const Change> changes) const override {
    std::vector<Change> ahead;
    for (const auto& change : changes) {
      if (change.is_today && change.after > change.before) ahead.push_back(change);
    }
    std::vector<Turn> turns;
    for (std::span<const Change> left = ahead; !left.empty();) {
      const auto some = left.first(std::min(left.size(), kChangesAtOnce));
      left = left.subspan(some.size());
      add_turns(turns, some, overtaken_by(connection, some));
    }
    std::ranges::stable_sort(turns, {}, &Turn::number);
    if (turns.size() > kMostOvertakenTold) turns.resize(kMostOvertakenTold);
    for (const auto& turn : turns) tell(connection, {turn.walker, Kind::overtaken, turn.by, 0, turn.at});
  }

  struct Turn {
    std::size_t number;  // of those whom the change passed
    WalkerId walker;
    WalkerId by;
    time::Timestamp at;
  };

  static void add_turns(std::vector<Turn>& turns, std::span<const Change> changes, std::vector<Overtaken> overtaken) {
    std::ranges::sort(overtaken, {},
                      [](const Overtaken& each) { return std::tuple(each.by, -each.total, each.walker); });
    WalkerId by;
    std::size_t number = 0;
    for (const auto& each : overtaken) {
      if (std::exchange(by, each.by) != each.by) number = 0;
      const auto change = std::ranges::find(changes, each.by, &Change::walker);
      if (change == changes.end() || number == kMostOvertaken || !is_its_day(each, *change)) continue;
      turns.push_back({number++, each.walker, each.by, change->at});
    }
  }

  /// Who is on another day already, or not yet on this one, is told nothing.
  static bool is_its_day(const Overtaken& overtaken, const Change& change) {
    walkers::Walker walker;
    walker.offset_minutes = overtaken.offset_minutes;
    return steps::today_of(walker, change.at) == change.day;
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
