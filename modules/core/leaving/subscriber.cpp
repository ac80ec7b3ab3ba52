#include "closing_store.hpp"
#include "dontgoback/mail/message.hpp"
#include "leaving.hpp"
#include "link_store.hpp"

namespace dontgoback::core::leaving {
namespace {

class LeavingOfAccounts final : public accounts::Subscriber {
  void status_changed(storage::Connection& connection, const Change& change) const override {
    using accounts::AccountStatus;
    if (change.after == AccountStatus::closed) return;  // what the request has led to
    if (change.after != AccountStatus::close_requested) {
      drop_closing(connection, change.user);
    } else if (!find_closing(connection, change.user)) {
      add_closing(connection, {change.user, change.now});
    }
  }
  void removed(storage::Connection& connection, UserId user) const override {
    delete_links_of(connection, user);
    drop_closing(connection, user);
    if (const auto email = accounts::find_email(connection, user)) mail::forget(connection, *email);
  }
};

}  // namespace

const accounts::Subscriber& subscriber() {
  static const LeavingOfAccounts kSubscriber;
  return kSubscriber;
}

std::int64_t remove_expired(const expiry::Sweep& sweep) {
  return expiry::remove_ended(sweep, kLinkLife, delete_links_ended_within);
}

}  // namespace dontgoback::core::leaving
