#include "store.hpp"

namespace dontgoback::walk::friends {
namespace {

class FriendshipsOfWalkers final : public walkers::Subscriber {
  void merged(storage::Connection& connection, WalkerId from, WalkerId to) const override {
    hand_over(connection, from, to);
  }
  bool removed_some(storage::Connection& connection, WalkerId walker) const override {
    return drop_some_of(connection, walker);
  }
  void removed(storage::Connection& connection, WalkerId walker) const override {
    while (!drop_some_of(connection, walker)) continue;
  }
};

}  // namespace

const walkers::Subscriber& subscriber() {
  static const FriendshipsOfWalkers kSubscriber;
  return kSubscriber;
}

}  // namespace dontgoback::walk::friends
