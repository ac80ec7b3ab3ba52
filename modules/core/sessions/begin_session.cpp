#include "device_mails.hpp"
#include "known_device_store.hpp"
#include "session_store.hpp"
#include "sessions.hpp"

namespace dontgoback::core::sessions {
namespace {

SignedIn begin(storage::Connection& connection, http::Identity holder, const Where& where,
               std::optional<time::Timestamp> signed_in_at, std::string refresh_token, time::Timestamp now) {
  holder.session = add_session(connection, holder.user, where, signed_in_at, now);
  add_refresh_token(connection, stored_form(refresh_token), holder.session, now + kSessionLife);
  if (holder.role != http::Role::guest) {
    const auto met = note_device(connection, holder.user, where.device, now);
    if (met == Acquaintance::unknown && where.mails) where.mails->tell(connection, holder.user, where, now);
  }
  return {std::move(holder), std::move(refresh_token)};
}

}  // namespace

SignedIn begin_session(storage::Connection& connection, UserId user, http::Role role, const Where& where,
                       time::Timestamp now) {
  http::Identity holder;
  holder.kind = http::Identity::Kind::account;
  holder.user = user;
  holder.role = role;
  return begin(connection, std::move(holder), where, std::nullopt, new_opaque_token(), now);
}

SignedIn bring_session(storage::Connection& connection, const LiveSession& from, const Where& where,
                       std::string refresh_token, time::Timestamp now) {
  return begin(connection, from.holder, where, from.signed_in_at, std::move(refresh_token), now);
}

std::optional<time::Timestamp> signed_in_at(storage::Connection& connection, std::int64_t session) {
  const auto live = find_live_session(connection, session);
  return live ? std::optional(live->signed_in_at) : std::nullopt;
}

}  // namespace dontgoback::core::sessions
