#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/accounts.hpp"
#include "dontgoback/backup.hpp"
#include "dontgoback/http/identity.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/storage/database.hpp"
#include "expiry/expiry.hpp"
#include "opaque_token.hpp"
#include "where.hpp"

// Who is signed in. How somebody comes to be is the part sign_in.
namespace dontgoback::core::sessions {

inline constexpr std::chrono::hours kSessionLife{14 * 24};  ///< from its last renewal

/// A session that has just begun or been renewed.
struct SignedIn {
  http::Identity identity;
  std::string refresh_token;
};

/// Sessions of this node's browsers: keys, cookies, renewal. Adds its routes.
class Sessions {
 public:
  /// `key_file` wraps the keys in the database; it is made when it is not there. `besides`: what a browser is told,
  /// too, when a member's session begins in it and when it signs out, as values of Set-Cookie. Throws
  /// std::invalid_argument, naming the option, when the file does not open the keys.
  Sessions(Host& host, const std::filesystem::path& key_file, std::vector<std::string> besides);
  ~Sessions();

  /// Tells who is signed in by the cookie of the access token; lives as long as this. Asks the database each time.
  const http::Authenticator& authenticator() const;

  /// The same, but that who brings nothing by which they might be signed in, or might be again, is nobody. A session
  /// that has ended is none, here too: its browser is to renew it.
  const http::Authenticator& strangers_too() const;

  /// Puts a session into the browser.
  http::Response set_cookies(http::Response response, const SignedIn& signed_in) const;

  /// Takes them out of it.
  http::Response clear_cookies(http::Response response) const;

  /// Of the browser that asks, for a session that begins in it; its member has a mail when it is a new device.
  Where where(const http::Request& request) const;

  /// HMAC-SHA256, as base64url, with a key that all nodes of the database share and whoever reads that alone does not
  /// have. `use`, a literal that ends with `|`, keeps uses apart.
  std::string keyed(std::string_view use, std::string_view text) const;
  /// Encrypts with such a key (security::seal), as base64url. `context`: whose it is; the same on opening.
  std::string seal(std::string_view use, std::string_view plain, std::string_view context) const;
  /// Nothing for what was not sealed so, or before the session keys were made anew.
  std::optional<std::string> unseal(std::string_view use, std::string_view sealed, std::string_view context) const;

 private:
  struct Inner;
  std::unique_ptr<Inner> inner_;
};

// What follows runs in the caller's transaction.

/// A session of an account, its first refresh token included. A member's, who is locked, makes the device known; one
/// that was not, beside others that were, is told by mail to a member with an address.
SignedIn begin_session(storage::Connection& connection, UserId user, http::Role role, const Where& where,
                       time::Timestamp now);

/// A session that has not ended, of an account that is ACTIVE.
struct LiveSession {
  http::Identity holder;
  std::string device;            ///< "": not known
  time::Timestamp signed_in_at;  ///< its member; on another device, when it was brought from there
};
std::optional<LiveSession> find_live_session(storage::Connection& connection, std::int64_t session);
/// When its member proved last who they are: for what needs that afresh. Moments to come were a wrong clock's, and are
/// as good as long ago. Nothing when the session has ended.
std::optional<time::Timestamp> signed_in_at(storage::Connection& connection, std::int64_t session);

/// The same as begin_session in another browser, without a fresh sign-in. `refresh_token`, of is_opaque_token, is its
/// first.
SignedIn bring_session(storage::Connection& connection, const LiveSession& from, const Where& where,
                       std::string refresh_token, time::Timestamp now);
/// Which of some sessions have not ended, of accounts that are ACTIVE. A look-up by key each.
std::vector<std::int64_t> live_among(storage::Connection& connection, std::span<const std::int64_t> sessions);
/// The topic of shared::State that is told which sessions ended. A command in a process of its own may tell nobody.
inline constexpr std::string_view kEndedTopic = "sessions/ended";
/// Its messages: one session, or those of an account (perhaps but one), or, with neither, everybody's.
struct Ended {
  std::optional<std::int64_t> session;
  std::optional<UserId> user;
};
Ended read_ended(std::string_view message);

/// Ends a session, on every node at once.
void end_session(storage::Connection& connection, std::int64_t session, time::Timestamp now);

/// The same of all that an account has.
void end_sessions(storage::Connection& connection, UserId user, time::Timestamp now);

/// A session as its member is shown it.
struct ListedSession {
  std::int64_t id;
  std::optional<std::string> device;
  std::optional<std::string> address;
  time::Timestamp created_at;
  time::Timestamp expires_at;
};
/// Those of an account that have not ended, the last used first, 100 at most.
std::vector<ListedSession> list_sessions(storage::Connection& connection, UserId user);

/// How many sessions of an account have neither ended nor expired. Reads only.
std::int64_t count_open_sessions(storage::Connection& connection, UserId user, time::Timestamp now);

/// Sessions of an account end when it is not ACTIVE any more, and go with it.
const accounts::Subscriber& subscriber();

/// Removes sessions and refresh tokens whose time is over. How many there were.
std::int64_t remove_expired(const expiry::Sweep& sweep);

/// Makes the session keys in the database, and the file that seals them, where there are none yet. Throws as the
/// constructor of Sessions does.
void make_session_keys(storage::Database& database, const std::filesystem::path& key_file);

/// The way out when the file is lost: forgets the keys in the database, opened or not, and ends every session, so that
/// the next start makes new ones. Returns how many sessions were open.
std::int64_t reset_session_keys(storage::Database& database, time::Timestamp now);

/// The name of that file in a backup.
inline constexpr std::string_view kSessionKeyFile = "session-key";
/// Whether the file in a copy of a node opens the keys in its database: what is wrong.
std::vector<std::string> check_session_keys(const backup::Copy& copy);

}  // namespace dontgoback::core::sessions
