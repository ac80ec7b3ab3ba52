#pragma once

#include <string>
#include <string_view>

#include "accounts.hpp"

namespace dontgoback::core::accounts {

/// An address as others may see it: up to four characters of the local part and `******`, the first of the domain and
/// `*****`, and the domain's last label if it has several: `abcd******@g*****.com`.
std::string masked_email(std::string_view email);

/// The masked address of an account. A guest has a made-up one; a member without one has none.
std::optional<std::string> masked_email(const Account& account);

}  // namespace dontgoback::core::accounts
