#pragma once

#include <string_view>

#include "comment_store.hpp"
#include "handlers.hpp"
#include "post_store.hpp"

// An account's own lists, which nobody else reads: a page of what `each` finds.
namespace dontgoback::core::feed {

using EachOwnPost = void (*)(storage::Connection&, const Page&, const EachPost&);
using EachOwnComment = void (*)(storage::Connection&, const Page&, const EachComment&);

/// `cursor` is the parameter that says from where on.
http::Response own_posts(const Feed& feed, const http::Request& request, std::string_view cursor,
                         const Message& message, EachOwnPost each);
http::Response own_comments(const Feed& feed, const http::Request& request, const Message& message,
                            EachOwnComment each);

}  // namespace dontgoback::core::feed
