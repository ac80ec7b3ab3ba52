#include <algorithm>

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
      for (const auto& overtaken : overtaken_by(connection, some)) tell_of(connection, some, overtaken);
    }
  }

  /// Who is on another day already, or not yet on this one, is told nothing.
  static void tell_of(storage::Connection& connection, std::span<const Change> changes, const Overtaken& overtaken) {
    const auto change = std::ranges::find(changes, overtaken.by, &Change::walker);
    const auto walker = walkers::find(connection, overtaken.walker);
    if (change == changes.end() || !walker || steps::today_of(*walker, change->at) != change->day) return;
    tell(connection, {overtaken.walker, Kind::overtaken, overtaken.by, 0, change->at});
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
