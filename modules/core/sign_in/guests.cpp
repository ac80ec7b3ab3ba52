#include "guests.hpp"

#include "accounts/accounts.hpp"

namespace dontgoback::core::sign_in {

sessions::SignedIn sign_in_guest(storage::Connection& connection, time::Timestamp now, time::Day today) {
  const auto user = accounts::create_account(connection, {http::Role::guest, std::nullopt, now, today});
  return sessions::begin_session(connection, user, http::Role::guest, now);
}

}  // namespace dontgoback::core::sign_in
