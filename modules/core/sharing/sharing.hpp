#pragma once

#include <memory>

#include "dontgoback/http/action_limit.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/ports/shared_posts.hpp"

// What who has no account may read, where the operator lets strangers read.
namespace dontgoback::core::sharing {

/// How often strangers may read: by network and in total.
std::unique_ptr<const http::ActionLimit> make_limit(Host& host);

/// Opens nothing before it is asked; `limit` is to live as long.
std::shared_ptr<ports::SharedPosts> make_port(Host& host, const http::ActionLimit& limit);

/// `limit` is to live as long as the router.
void add_routes(Host& host, const http::ActionLimit& limit);

}  // namespace dontgoback::core::sharing
