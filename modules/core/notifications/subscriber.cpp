#include "notice_store.hpp"
#include "notifications.hpp"
#include "store.hpp"

namespace dontgoback::core::notifications {
namespace {

class NotificationsOfAccounts final : public accounts::Subscriber {
  void merged(storage::Connection& connection, UserId from, UserId to) const override {
    hand_over(connection, from, to);
  }
  bool removed_some(storage::Connection& connection, UserId user) const override {
    return forget_some_of(connection, user);
  }
  void removed(storage::Connection& connection, UserId user) const override {
    while (!forget_some_of(connection, user)) continue;
    delete_all_of(connection, user);
  }
};

}  // namespace

const accounts::Subscriber& subscriber() {
  static const NotificationsOfAccounts kSubscriber;
  return kSubscriber;
}

std::int64_t remove_expired(const expiry::Sweep& sweep) {
  return expiry::remove_older(sweep, kLife, delete_told_within) +
         expiry::remove_older(sweep, kLife, delete_people_within) +
         expiry::remove_older(sweep, kLife, delete_notices_within);
}

}  // namespace dontgoback::core::notifications
