#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/accounts.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock.hpp"

// Persons as sign-in providers know them, and whose ways in they are. Everything runs in the caller's transaction.
namespace dontgoback::core::sign_in {

/// Somebody as an issuer knows them: never the e-mail address, which may be another's tomorrow.
struct Person {
  std::string issuer;   ///< the one spelling that configuration has
  std::string subject;  ///< 1 to 255 characters, ASCII
  friend bool operator==(const Person&, const Person&) = default;
};

/// A way in that a member has.
struct LinkedIdentity {
  std::int64_t id;
  Person person;
  std::string provider;  ///< as configuration names it; it may not be there any more
  time::Timestamp linked_at;
  std::optional<std::string> token{};  ///< sealed, to be revoked when it goes
};

/// Whose way in the person is; nothing: nobody's.
std::optional<UserId> holder_of(storage::Connection& connection, const Person& person);

enum class Linking { done, already, elsewhere };
/// Makes the person a way in of an account, which is locked: `already` when it is one, `elsewhere` when it is
/// another's. `token`: as LinkedIdentity; the newest is kept.
Linking link_identity(storage::Connection& connection, UserId user, const Person& person, std::string_view provider,
                      const std::optional<std::string>& token, time::Timestamp now);
/// Keeps the newest token of a person who came again; nothing to do without one.
void keep_token(storage::Connection& connection, const Person& person, const std::optional<std::string>& token);

/// In the order they were linked.
std::vector<LinkedIdentity> identities_of(storage::Connection& connection, UserId user);

/// Takes a way in away, of which its provider will be told. Throws http::Error, which undoes the transaction: not_found
/// for one that is not the member's, conflict for the last one of all `ways_in`.
void unlink_identity(storage::Connection& connection, const accounts::WaysIn& ways_in, UserId user,
                     std::int64_t identity);

/// What was `from`'s is `to`'s.
void move_identities(storage::Connection& connection, UserId from, UserId to);
/// Of which their providers will be told.
void delete_identities_of(storage::Connection& connection, UserId user);

}  // namespace dontgoback::core::sign_in
