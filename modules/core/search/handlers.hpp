#pragma once

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/storage/database.hpp"
#include "feed/feed.hpp"

namespace dontgoback::core::search {

http::Response find_posts(storage::Database& database, const feed::Readers& readers, const http::Request& request);
http::Response posts_of_topic(storage::Database& database, const feed::Readers& readers, const http::Request& request);

}  // namespace dontgoback::core::search
