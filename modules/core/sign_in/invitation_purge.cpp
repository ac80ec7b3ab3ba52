#include "expiry/expiry.hpp"
#include "invitations.hpp"

namespace dontgoback::core::sign_in {
namespace {

const expiry::Slices kEnded("invitations/purge", "invitations/purge-bound", "invitations", "expires_at",
                            "invitations_by_expiry");

}  // namespace

std::int64_t delete_invitations_ended_within(storage::Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kEnded, span, limit);
}

}  // namespace dontgoback::core::sign_in
