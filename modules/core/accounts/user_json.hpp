#pragma once

#include "accounts.hpp"
#include "dontgoback/json/writer.hpp"

namespace dontgoback::core::accounts {

enum class Email { shown, hidden };

/// An account as the user API shows it (contract, section 3); its e-mail address masked, or null when hidden.
void write_user(json::Writer& writer, const Account& account, Email email);

}  // namespace dontgoback::core::accounts
