#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/http/identity.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "session_store.hpp"
#include "sessions.hpp"

namespace dontgoback::core::sessions {

/// The rules of sessions (contract, section 2). Blocks on the database; any thread that may.
class SessionService {
 public:
  SessionService(storage::Database& database, const time::Clock& clock, const time::ClockTrust& trust,
                 std::string refresh_key)
      : database_(database), clock_(clock), trust_(trust), refresh_key_(std::move(refresh_key)) {}

  /// The session goes on for another 14 days with the token's successor. That is the same one again for a second tab,
  /// or after a lost answer, while it is unused and for 30 s after its first use; a token presented later than that was
  /// stolen, by this caller or the other, and ends the session. Nothing when the token is not good. A clock that is
  /// not confirmed ends no session: neither by its age nor, within 30 s after it was set, as stolen. Of a session few
  /// tokens are kept, however often it is renewed: one that is not, and names the session, was used long ago.
  std::optional<SignedIn> renew(std::string_view refresh_token, const Where& where) const;

  /// Whose session the token would go on with, looked up without writing. Nothing when it would not.
  std::optional<http::Identity> holder_of(std::string_view refresh_token) const;

  /// Those of an account that go on, the last used first.
  std::vector<ListedSession> list(UserId user) const;

  // Each ends sessions on every node at once.
  void end(std::int64_t session) const;
  /// False when the account has no such session, or it has ended.
  bool end_one(UserId user, std::int64_t session) const;
  /// All of the account but its holder's. How many there were.
  std::int64_t end_others(const http::Identity& holder) const;

 private:
  storage::Database& database_;
  const time::Clock& clock_;
  const time::ClockTrust& trust_;
  std::string refresh_key_;
};

}  // namespace dontgoback::core::sessions
