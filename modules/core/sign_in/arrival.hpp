#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "accounts/accounts.hpp"
#include "dontgoback/http/identity.hpp"
#include "dontgoback/http/request.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock.hpp"
#include "identities.hpp"
#include "sessions/sessions.hpp"

// What becomes of somebody who has proved a way in, whichever it was: a session, or a sign-up. Everything runs in the
// caller's transaction.
namespace dontgoback::core::sign_in {

/// Who may make an account by signing in: anybody, whoever has an invitation, or nobody but the operator.
enum class SignUp { open, invitation, closed };

/// Whether what a guest wrote in this browser comes along.
enum class Posts { leave, keep };
/// The guest whose posts are to come along, known when it is asked for: until somebody arrives the browser's access
/// token may have ended. Nothing when there is no guest, or they stay.
std::optional<UserId> guest_of(const http::Identity& asking, Posts posts);

/// A sign-up is to be finished within it.
inline constexpr std::chrono::minutes kSignUpLife{15};

/// So long after its use a link or code does the same again in the browser that used it: the answer may be lost.
inline constexpr std::chrono::seconds kLostAnswer{30};

/// A way in that has been proven.
struct Proven {
  std::optional<UserId> member;        ///< whose it is; nothing: nobody's yet
  std::string way;                     ///< "email", or the provider's id: 1 to 32 characters, ASCII
  std::optional<Person> person;        ///< becomes a way in of the account that is made
  std::optional<std::string> email;    ///< proven to be theirs; of the account that is made, unless it is another's
  std::optional<std::string> token{};  ///< of the person, as LinkedIdentity
};

/// The browser that arrives.
struct Visitor {
  http::Identity before;  ///< who was signed in until now
  sessions::Where where;
};
Visitor visitor_of(const sessions::Sessions& sessions, const http::Request& request);

struct Arrived {
  std::optional<sessions::SignedIn> signed_in;
  std::optional<std::string> sign_up;  ///< what the browser proves its sign-up with
  std::string location;                ///< where the browser goes
};

/// Locks what a sign-in changes: the guest whose posts come along, then the member. What is read afterwards counts
/// until the end.
void lock_for_sign_in(storage::Connection& connection, UserId member, std::optional<UserId> guest);

/// Begins a session of the member, who becomes ACTIVE again if INACTIVE or CLOSE_REQUESTED, and ends the session
/// that the browser had until now. The posts, comments and likes of `guest` become the member's and the guest's account
/// is gone, unless somebody else than the guest is signed in by now. forbidden for a suspended account, and nothing has
/// changed then; not_found when it is gone.
Result<sessions::SignedIn> sign_in_member(storage::Connection& connection, const accounts::LifeCycle& life_cycle,
                                          UserId member, const Visitor& visitor, std::optional<UserId> guest,
                                          time::Timestamp now);

/// Signs in the member whose way in it is; of nobody's, begins a sign-up where there are any.
Arrived arrive(storage::Connection& connection, const accounts::LifeCycle& life_cycle, SignUp sign_up,
               const Proven& proven, const Visitor& visitor, std::optional<UserId> guest, time::Timestamp now);

}  // namespace dontgoback::core::sign_in
