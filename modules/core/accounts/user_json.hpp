#pragma once

#include "accounts.hpp"
#include "dontgoback/json/writer.hpp"

namespace dontgoback::core::accounts {

/// An account as the user API shows it to `viewer` (contract, section 3): the e-mail address masked, and to its owner
/// and admins only.
void write_user(json::Writer& writer, const Account& account, const http::Identity& viewer);

}  // namespace dontgoback::core::accounts
