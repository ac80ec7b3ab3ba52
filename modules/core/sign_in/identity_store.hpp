#pragma once

#include "identities.hpp"

// Rows of `identities`, besides what identities.hpp reads of them.
namespace dontgoback::core::sign_in {

/// False: the person is somebody's already.
bool add_identity(storage::Connection& connection, UserId user, const Person& person, std::string_view provider,
                  time::Timestamp now);
void delete_identity(storage::Connection& connection, std::int64_t identity);

}  // namespace dontgoback::core::sign_in
