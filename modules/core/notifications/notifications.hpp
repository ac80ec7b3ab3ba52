#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "accounts/accounts.hpp"
#include "dontgoback/module.hpp"
#include "expiry/expiry.hpp"
#include "feed/feed.hpp"
#include "model.hpp"
#include "moderation.hpp"
#include "relations/relations.hpp"

// Who is told of what: a row in the transaction of its cause, for the one whom it concerns.
namespace dontgoback::core::notifications {

class Streams;
/// The open streams of a node; to end after its requests.
std::shared_ptr<Streams> make_streams(Host& host);

/// `sessions` tells who is signed in. It and `streams` are to live as long as the router.
void add_routes(Host& host, const http::Authenticator& sessions, Streams& streams);

/// `dontgoback notifications send`.
std::vector<Command> commands();

/// Tells authors of likes, comments and replies.
const feed::Listener& listener();

/// Who turns away from somebody is told nothing of them any more, and keeps nothing that was told of them alone.
const relations::Listener& turnings();

/// What somebody was told goes with their account, and so does their share in what others were told.
const accounts::Subscriber& subscriber();

/// One for the account itself, in an export.
struct Own {
  Number number;
  Kind kind;
  std::optional<feed::PostId> post;
  std::optional<feed::CommentId> comment;
  std::string name;
  std::string words;  ///< of a kind that says something itself; empty: none
  std::int64_t people;
  bool read;
  time::Timestamp created_at;
};
/// What an account sees in its list, the oldest first: at most `limit` above `after`.
std::vector<Own> own_notifications(storage::Connection& connection, UserId user, Number after, int limit);

/// What this part does by itself: who has a browser subscribed and no page open is told of what is said to everybody,
/// and of their day at their time.
std::vector<jobs::Job> own_jobs(Host& host);

/// Removes what is older than kLife.
std::int64_t remove_expired(const expiry::Sweep& sweep);

}  // namespace dontgoback::core::notifications
