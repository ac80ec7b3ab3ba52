#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "session_store.hpp"
#include "tokens.hpp"

namespace dontgoback::walk::walkers {

/// A session that has just begun or been renewed.
struct SignedIn {
  Walker walker;
  Holder holder;
  std::string refresh_token;
};

/// The rules of sessions (contract, section 2, as of walkers). Blocks on the database; any thread that may.
class SessionService {
 public:
  SessionService(storage::Database& database, const time::Clock& clock, const time::ClockTrust& trust,
                 const Tokens& tokens)
      : database_(database), clock_(clock), trust_(trust), tokens_(tokens) {}

  /// A session of a walker, which is locked, in the caller's transaction.
  SignedIn begin(storage::Connection& connection, const Walker& walker, std::string_view device) const;

  /// The session goes on for another 14 days with the token's successor. That is the same one again for a second
  /// caller, or after a lost answer, while it is unused and for 30 s after its first use; a token presented later than
  /// that was stolen, by this caller or the other, and ends the session. Nothing when the token is not good. A clock
  /// that is not confirmed ends no session: neither by its age nor, within 30 s after it was set, as stolen.
  std::optional<SignedIn> renew(std::string_view refresh_token, std::string_view device) const;

  /// Whether the session goes on: a look-up by key.
  bool goes_on(const Holder& holder) const;

  /// Those of a walker that go on, the last used first.
  std::vector<ListedSession> list(WalkerId walker) const;

  // Each ends sessions on every node at once.
  /// False when the walker has no such session, or it has ended.
  bool end(WalkerId walker, std::int64_t session) const;
  /// All of the walker but one. How many there were.
  std::int64_t end_others(WalkerId walker, std::int64_t but) const;

  /// The same clock for whoever signs tokens.
  const time::Clock& clock() const { return clock_; }
  const Tokens& tokens() const { return tokens_; }

 private:
  bool is_past(time::Timestamp expires_at) const;

  storage::Database& database_;
  const time::Clock& clock_;
  const time::ClockTrust& trust_;
  const Tokens& tokens_;
};

}  // namespace dontgoback::walk::walkers
