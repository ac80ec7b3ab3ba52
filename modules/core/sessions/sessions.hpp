#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "dontgoback/module.hpp"
#include "sign_in_providers.hpp"

namespace dontgoback::core {

struct SessionSettings {
  std::filesystem::path key_file;         ///< wraps the keys in the database; made when it is not there
  int guests_per_hour;                    ///< for one address (IPv6: for one /64)
  std::vector<SignInProvider> providers;  ///< who members may sign in with; with none there are guests and links
};

/// The sessions part: keys, cookies, guests, renewal, sign-in links. Adds its routes.
class Sessions {
 public:
  /// Throws std::invalid_argument, naming the option, when the key file does not open the keys in the database.
  Sessions(Host& host, const SessionSettings& settings);
  ~Sessions();

  /// Tells who is signed in by the `access_token` cookie; lives as long as this. Asks the database each time.
  const http::Authenticator& authenticator() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// The daily purge.
jobs::Job session_job(Host& host);

/// Makes the session keys in the database, and the file that seals them, where there are none yet. Throws as the
/// constructor of Sessions does.
void make_session_keys(storage::Database& database, const std::filesystem::path& key_file);

/// Makes a sign-in link for a member and returns its address: good for one sign-in within 15 minutes.
/// not_found for no such account, forbidden for a guest's and for one that is suspended.
Result<std::string> make_sign_in_link(storage::Database& database, const time::Clock& clock,
                                      const std::string& public_url, UserId user);

/// Ends all sessions of an account, on every node at once, in the caller's transaction.
void end_sessions_of(storage::Connection& connection, UserId user, time::Timestamp now);

}  // namespace dontgoback::core
