#include "identities.hpp"

#include <algorithm>

#include "identity_store.hpp"
#include "sign_in.hpp"

namespace dontgoback::core::sign_in {
Linking link_identity(storage::Connection& connection, UserId user, const Person& person, std::string_view provider,
                      time::Timestamp now) {
  if (const auto holder = holder_of(connection, person)) {
    return *holder == user ? Linking::already : Linking::elsewhere;
  }
  // Another node may have been faster.
  return add_identity(connection, user, person, provider, now) ? Linking::done : Linking::elsewhere;
}

bool unlink_identity(storage::Connection& connection, UserId user, std::int64_t identity) {
  const auto all = identities_of(connection, user);
  if (!std::ranges::any_of(all, [=](const LinkedIdentity& each) { return each.id == identity; })) return false;
  delete_identity(connection, identity);
  return true;
}

bool has_identity(storage::Connection& connection, UserId user) { return !identities_of(connection, user).empty(); }

}  // namespace dontgoback::core::sign_in
