#pragma once

#include <chrono>
#include <vector>

#include "dontgoback/module.hpp"
#include "feed/feed.hpp"

// Posts of the last day by how much they were liked and answered.
namespace dontgoback::core::popular {

/// How long a post is one of today's.
inline constexpr std::chrono::hours kDay{24};

/// `sessions` tells who is signed in. Both are to live as long as the router.
void add_routes(Host& host, const http::Authenticator& sessions, const feed::Readers& readers);

/// Keeps what a post's likes and comments come to.
const feed::Listener& listener();

/// What this part does by itself: it removes what is no longer of today.
std::vector<jobs::Job> own_jobs(Host& host);

}  // namespace dontgoback::core::popular
