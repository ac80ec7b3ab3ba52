#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/module.hpp"
#include "dontgoback/result.hpp"
#include "feed/feed.hpp"

// Posts by what they say, through an index of its own.
namespace dontgoback::core::search {

/// `sessions` tells who is signed in. Both are to live as long as the router.
void add_routes(Host& host, const http::Authenticator& sessions, const feed::Readers& readers);

/// The newest posts that have the topic, as many as a page has, of all that anybody may see. Invalid: what can be none.
Result<std::vector<feed::PostId>> newest_of_topic(storage::Connection& connection, std::string_view name);

/// What is edited is found by its new text.
const feed::Listener& listener();

/// What is removed with an account leaves the index, too. To come before the feed's.
const accounts::Subscriber& subscriber();

/// What this part does by itself: it puts posts into the index, and takes out what was removed.
std::vector<jobs::Job> own_jobs(Host& host);

}  // namespace dontgoback::core::search
