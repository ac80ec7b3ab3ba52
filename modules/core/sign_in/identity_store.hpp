#pragma once

#include "identities.hpp"

// Rows of `identities`, besides what identities.hpp reads of them.
namespace dontgoback::core::sign_in {

/// False: the person is somebody's already.
bool add_identity(storage::Connection& connection, UserId user, const LinkedIdentity& identity);
void delete_identity(storage::Connection& connection, std::int64_t identity);
void delete_all_identities_of(storage::Connection& connection, UserId user);

}  // namespace dontgoback::core::sign_in
