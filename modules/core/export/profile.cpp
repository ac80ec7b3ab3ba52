#include "profile.hpp"

namespace dontgoback::core::exports {
namespace {

constexpr int kMostHistory = 1000;

}  // namespace

Profile read_profile(storage::Connection& connection, const accounts::Directory& directory, UserId user,
                     time::Day today) {
  return {.account = directory.find(connection, user, today).value(),
          .settings = accounts::find_settings(connection, user).value(),
          .dates = accounts::find_dates(connection, user).value(),
          .history = accounts::latest_history(connection, user, kMostHistory),
          .leave_requests = leaving::own_requests(connection, user),
          .consent = sign_in::find_consent(connection, user),
          .identities = sign_in::identities_of(connection, user),
          .passkeys = passkeys::own_passkeys(connection, user),
          .sessions = sessions::list_sessions(connection, user)};
}

}  // namespace dontgoback::core::exports
