#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "accounts/accounts.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/storage/connection.hpp"
#include "fragments.hpp"
#include "words.hpp"

// Whom and what an account does not want to see.
namespace dontgoback::core::relations {

/// What `user` has to do with `other`; the number is the column's. Who blocks has a row `blocks`, the other one
/// `blocked_by`.
enum class Kind { blocks = 1, blocked_by = 2, mutes = 3 };

/// What another part does when somebody turns away: in the transaction that does it, which may run more than once.
class Listener {
 public:
  virtual ~Listener() = default;
  /// `user` is to hear nothing of `other` any more.
  virtual void turned_away(storage::Connection&, UserId /*user*/, UserId /*other*/) const {}
};
using Listeners = std::vector<const Listener*>;

/// Whether one of the two blocks the other: to each of them the other one is not there.
bool are_apart(storage::Connection& connection, UserId one, UserId other);
/// Whether `user` blocks or mutes the other, or is blocked by it.
bool turns_away_from(storage::Connection& connection, UserId user, UserId other);

struct Related {
  UserId user;
  time::Timestamp since;
};
/// Whom an account blocks or mutes, with ids below `before`, the highest first; at most `limit`.
std::vector<Related> related(storage::Connection& connection, UserId user, Kind kind, std::int64_t before, int limit);

/// The words that an account hides, as it wrote them.
std::vector<std::string> hidden_words(storage::Connection& connection, UserId user);

/// The same as they are looked for, one a line: `WordFilter`.
std::string folded_words(storage::Connection& connection, UserId user);

/// Whom an account turns away from, or who from it, each once and in order; the lowest `limit` of them.
std::vector<UserId> turned_away(storage::Connection& connection, UserId user, int limit);

/// What is known of whom and what an account turns away holds while this is the same: it is written in the transaction
/// that changes any of it, and is never one again that it was. Nothing: it turns nothing away, nor anybody from it.
using Version = std::int64_t;
std::optional<Version> find_version(storage::Connection& connection, UserId user);
/// To be called by whoever changes what an account turns away, in the same transaction.
void set_version(storage::Connection& connection, UserId user);

/// `sessions` tells who is signed in. All are to live as long as the router.
void add_routes(Host& host, const http::Authenticator& sessions, const accounts::Directory& directory,
                const Listeners& listeners);

/// What an account turned away from goes with it, or becomes another's; so does what others turned away from it.
const accounts::Subscriber& subscriber();

}  // namespace dontgoback::core::relations
