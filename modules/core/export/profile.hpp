#pragma once

#include <optional>
#include <vector>

#include "accounts/accounts.hpp"
#include "leaving/leaving.hpp"
#include "passkeys/passkeys.hpp"
#include "sessions/sessions.hpp"
#include "sign_in/sign_in.hpp"

namespace dontgoback::core::exports {

/// What an account is, and all of it that comes in small numbers.
struct Profile {
  accounts::Account account;
  accounts::Settings settings;
  accounts::Dates dates;
  std::vector<accounts::HistoryEntry> history;  ///< the latest first
  std::vector<leaving::OwnRequest> leave_requests;
  std::optional<sign_in::Consent> consent;
  std::vector<sign_in::LinkedIdentity> identities;
  std::vector<passkeys::OwnPasskey> passkeys;
  std::vector<sessions::ListedSession> sessions;
};

/// Of an account that is there.
Profile read_profile(storage::Connection& connection, const accounts::Directory& directory, UserId user,
                     time::Day today);

}  // namespace dontgoback::core::exports
