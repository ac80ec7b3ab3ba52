#pragma once

#include "identities.hpp"

// Rows of `identities`, besides what identities.hpp reads of them.
namespace dontgoback::core::sign_in {

/// False: the person is somebody's already.
bool add_identity(storage::Connection& connection, UserId user, const LinkedIdentity& identity);
void delete_identity(storage::Connection& connection, std::int64_t identity);

/// A way in, as of which its provider has told something.
struct ToldIdentity {
  std::int64_t id;
  UserId user;
  time::Timestamp linked_at;
  // When what it told of last happened, by its clock.
  std::optional<time::Timestamp> consent_told, mail_told;
};
std::optional<ToldIdentity> find_told_identity(storage::Connection& connection, const Person& person);
/// Its token is good for nothing any more.
void set_consent_told(storage::Connection& connection, std::int64_t identity, time::Timestamp at);
void set_mail_told(storage::Connection& connection, std::int64_t identity, time::Timestamp at);

void delete_all_identities_of(storage::Connection& connection, UserId user);

}  // namespace dontgoback::core::sign_in
