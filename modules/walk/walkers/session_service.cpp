#include "session_service.hpp"

namespace dontgoback::walk::walkers {

bool SessionService::is_past(time::Timestamp expires_at) const {
  return expires_at <= clock_.now() && trust_.older_than(kSessionLife, expires_at - kSessionLife);
}

SignedIn SessionService::begin(storage::Connection& connection, const Walker& walker, std::string_view device) const {
  const auto now = clock_.now();
  SignedIn signed_in{walker, {walker.id, walker.uuid, add_session(connection, walker.id, device, now)}, {}};
  signed_in.refresh_token = tokens_.first_refresh_token(signed_in.holder, now);
  add_refresh_token(connection, stored_form(signed_in.refresh_token), signed_in.holder.session, now + kSessionLife);
  return signed_in;
}

std::optional<SignedIn> SessionService::renew(std::string_view refresh_token, std::string_view device) const {
  const auto presented = tokens_.read_refresh_token(refresh_token);
  if (!presented) return std::nullopt;
  const auto token = stored_form(refresh_token);
  const auto now = clock_.now();

  return database_.write([&](storage::Connection& connection) -> std::optional<SignedIn> {
    const auto& holder = presented->holder;
    // The update comes first: it makes the second of two callers wait, and see afterwards what the first has done.
    const bool first_use = use_refresh_token(connection, token, now);
    const auto kept = find_refresh_token(connection, token);
    if (!kept) {  // it was used long ago, or went with its session
      end_session(connection, holder.walker, holder.session, now);
      return std::nullopt;
    }
    if (!find_session(connection, holder.walker, holder.session) || is_past(kept->expires_at)) return std::nullopt;
    auto successor = tokens_.successor_of(refresh_token, holder, *kept->used_at);
    const auto next = stored_form(successor);
    if (first_use) {
      add_refresh_token(connection, next, holder.session, now + kSessionLife);
      const bool clock_tells = trust_.settled() > kRenewalGrace;
      remove_used_tokens(connection, holder.session, clock_tells ? std::optional(now - kRenewalGrace) : std::nullopt);
    } else {
      const auto after = find_refresh_token(connection, next);
      const bool long_ago =
          after && after->used_at && now - *after->used_at > kRenewalGrace && trust_.settled() > kRenewalGrace;
      if (!after || long_ago) {
        end_session(connection, holder.walker, holder.session, now);
        return std::nullopt;
      }
    }
    extend_session(connection, holder.session, device, now + kSessionLife);
    const auto walker = find(connection, holder.walker);
    if (!walker) return std::nullopt;
    return SignedIn{*walker, holder, std::move(successor)};
  });
}

bool SessionService::goes_on(const Holder& holder) const {
  const auto expires_at = database_.read(
      [&](storage::Connection& connection) { return find_session(connection, holder.walker, holder.session); });
  return expires_at && !is_past(*expires_at);
}

std::vector<ListedSession> SessionService::list(WalkerId walker) const {
  auto sessions = database_.read([&](storage::Connection& connection) { return sessions_of(connection, walker); });
  std::erase_if(sessions, [&](const ListedSession& session) { return is_past(session.expires_at); });
  return sessions;
}

bool SessionService::end(WalkerId walker, std::int64_t session) const {
  return database_.write(
      [&](storage::Connection& connection) { return end_session(connection, walker, session, clock_.now()); });
}

std::int64_t SessionService::end_others(WalkerId walker, std::int64_t but) const {
  return database_.write(
      [&](storage::Connection& connection) { return end_sessions(connection, walker, but, clock_.now()); });
}

}  // namespace dontgoback::walk::walkers
