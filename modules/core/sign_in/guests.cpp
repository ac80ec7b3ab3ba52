#include "guests.hpp"

namespace dontgoback::core::sign_in {

sessions::SignedIn sign_in_guest(storage::Connection& connection, const accounts::LifeCycle& life_cycle,
                                 const sessions::Where& where, time::Timestamp now, time::Day today) {
  const auto user = life_cycle.create(connection, {http::Role::guest, std::nullopt, now, today});
  return sessions::begin_session(connection, user, http::Role::guest, where, now);
}

}  // namespace dontgoback::core::sign_in
