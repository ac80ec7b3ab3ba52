#pragma once

#include <functional>
#include <span>
#include <vector>

#include "accounts/accounts.hpp"
#include "comments.hpp"
#include "dontgoback/backup.hpp"
#include "dontgoback/module.hpp"
#include "finding.hpp"
#include "fragments.hpp"
#include "likes.hpp"
#include "listener.hpp"
#include "own_words.hpp"
#include "posts.hpp"
#include "readers.hpp"
#include "revisions.hpp"
#include "strangers.hpp"
#include "text.hpp"
#include "unlinked.hpp"
#include "whole.hpp"
#include "withholding.hpp"

// Posts, comments and likes. What other parts may do with them is in the headers above.
namespace dontgoback::core::feed {

/// Asked once a request before it writes a new post or comment, outside of a transaction; throws http::Error, or
/// answers the refusal, for who may not now.
using MayWrite = std::function<std::optional<http::Response>(const http::Request&)>;

/// `sessions` tells who is signed in; `listeners` hear what is said and liked. All are to live as long as the router.
/// `strangers`: null where nobody reads anything without an account.
void add_routes(Host& host, const http::Authenticator& sessions, const accounts::Directory& directory,
                const Readers& readers, const Listeners& listeners, MayWrite may_write, const Strangers* strangers);

/// What an account wrote and liked goes with it, or becomes another's; what others have keeps its counts right.
const accounts::Subscriber& subscriber();

/// What this part does by itself; `listeners` hear of it, and are to live as long as the jobs.
std::vector<jobs::Job> own_jobs(Host& host, const Listeners& listeners);

/// Those of some accounts (ascending) who have a post or a comment, deleted ones included, in order. A few index
/// look-ups an account, however much there is and whatever the statistics say.
std::vector<UserId> authors_among(storage::Connection& connection, std::span<const UserId> users);

/// Counts of likes, comments and replies are kept in rows: what a backup is checked by.
std::vector<backup::Consistency> consistency();

}  // namespace dontgoback::core::feed
