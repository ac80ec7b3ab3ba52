#include "known_device_store.hpp"
#include "session_store.hpp"
#include "sessions.hpp"

namespace dontgoback::core::sessions {
namespace {

class SessionsOfAccounts final : public accounts::Subscriber {
  void status_changed(storage::Connection& connection, const Change& change) const override {
    if (change.after != accounts::AccountStatus::active) end_sessions_of(connection, change.user, 0, change.now);
  }
  void removed(storage::Connection& connection, UserId user) const override {
    delete_sessions_of(connection, user);
    forget_devices_of(connection, user);
  }
};

}  // namespace

const accounts::Subscriber& subscriber() {
  static const SessionsOfAccounts kSubscriber;
  return kSubscriber;
}

std::int64_t remove_expired(const expiry::Sweep& sweep) {
  return expiry::remove_ended(sweep, kSessionLife, delete_sessions_ended_within) +
         expiry::remove_ended(sweep, kSessionLife, delete_refresh_tokens_ended_within);
}

}  // namespace dontgoback::core::sessions
