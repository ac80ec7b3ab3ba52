#include "invitation_store.hpp"

#include "expiry/expiry.hpp"
#include "sessions/sessions.hpp"

namespace dontgoback::core::sign_in {
namespace {

const storage::Planned kOpen("invitations/open",
                             "SELECT id, uses_left, expires_at FROM invitations {invitations_by_expiry} WHERE "
                             "expires_at > :now ORDER BY expires_at DESC LIMIT 1000");
const expiry::Slices kEnded("invitations/purge", "invitations/purge-bound", "invitations", "expires_at",
                            "invitations_by_expiry");

}  // namespace

std::string invite(storage::Connection& connection, std::int64_t uses, time::Timestamp expires_at,
                   time::Timestamp now) {
  auto code = sessions::new_opaque_token();
  connection.execute(
      "INSERT INTO invitations (hash, uses_left, expires_at, created_at) VALUES (:hash, :uses, :expires_at, :now)",
      sessions::stored_form(code), uses, expires_at, now);
  return code;
}

bool use_invitation(storage::Connection& connection, std::string_view code, time::Timestamp now) {
  if (!sessions::is_opaque_token(code)) return false;
  return connection.execute(
             "UPDATE invitations SET uses_left = uses_left - 1 WHERE hash = :hash AND uses_left > 0 AND "
             "expires_at > :now",
             sessions::stored_form(code), now) == 1;
}

std::vector<Invitation> open_invitations(storage::Connection& connection, time::Timestamp now) {
  std::vector<Invitation> found;
  connection.each(kOpen.on(connection), storage::args(now),
                  [&found](std::int64_t id, std::int64_t uses_left, time::Timestamp expires_at) {
                    if (uses_left > 0) found.push_back({id, uses_left, expires_at});
                  });
  return found;
}

bool revoke_invitation(storage::Connection& connection, std::int64_t id) {
  return connection.execute("DELETE FROM invitations WHERE id = :id", id) == 1;
}

std::int64_t delete_invitations_ended_within(storage::Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kEnded, span, limit);
}

}  // namespace dontgoback::core::sign_in
