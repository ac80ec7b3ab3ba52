#pragma once

#include <string>
#include <string_view>

#include "accounts.hpp"

namespace dontgoback::core::accounts {

/// The masked address of an account. A guest has a made-up one; a member without one has none.
std::optional<std::string> masked_email(const Account& account);

}  // namespace dontgoback::core::accounts
