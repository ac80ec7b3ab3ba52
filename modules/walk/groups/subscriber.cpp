#include "rules.hpp"

namespace dontgoback::walk::groups {
namespace {

class MembershipsOfWalkers final : public walkers::Subscriber {
  void merged(storage::Connection& connection, WalkerId from, WalkerId to) const override {
    for (const auto& group : groups_of(connection, from)) {
      lock_group(connection, group.id);
      if (!is_member(connection, group.id, to)) {
        if (count_groups(connection, to) >= kMostGroups) continue;  // it leaves with its walker
        add_member(connection, group.id, to, time::Timestamp{});
      }
      drop_member(connection, group.id, from);
      if (group.owner == from) set_owner(connection, group.id, to);
    }
    removed(connection, from);
  }
  void removed(storage::Connection& connection, WalkerId walker) const override {
    for (const auto& group : groups_of(connection, walker)) leave(connection, group, walker);
  }
};

}  // namespace

const walkers::Subscriber& subscriber() {
  static const MembershipsOfWalkers kSubscriber;
  return kSubscriber;
}

}  // namespace dontgoback::walk::groups
